// SPDX-License-Identifier: Apache-2.0
//! The help of every command, as committed text.

use crate::support::turna;

#[test]
fn the_help_of_every_command_is_as_committed() {
    let mut text = String::new();
    collect(&[], &mut text);
    insta::assert_snapshot!(text);
}

fn collect(path: &[&str], text: &mut String) {
    let help = turna([path, &["--help"]].concat());
    assert_eq!(help.code, Some(0), "{help:?}");
    text.push_str(&format!("$ turna {}\n{}\n", [path, &["--help"]].concat().join(" "), help.stdout.trim_end()));
    text.push('\n');
    let commands = help.stdout.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in commands.take_while(|line| !line.is_empty()) {
        // A description that goes on in the next line stands further to the right.
        let Some(name) = line.strip_prefix("  ").filter(|line| !line.starts_with(' ')) else { continue };
        let name = name.split_whitespace().next().unwrap();
        collect(&[path, &[name]].concat(), text);
    }
}
