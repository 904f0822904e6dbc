#![allow(missing_docs, dead_code, clippy::all)]
#[path = "../tests/it/fixture.rs"]
mod fixture;
use documents::*;
fn main() {
    let out = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let photo = normalise_photo(&synthetic::face(1, 30, synthetic::Sex::Female)).unwrap();
    let engine = Engine::new().unwrap();
    let mut s = 7u64; let mut r = |n: u64| { s = s.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); (s >> 33) % n };
    for (i, f) in synthetic::families(5).take(20).enumerate() {
        let n = f.members[0].names.last().unwrap();
        let up = |t: &str| t.to_uppercase().replace('Ə', "E").chars().filter_map(|c| match c { 'A'..='Z' => Some(c), ' ' | '-' => Some('<'), 'Ü' => Some('U'), 'Ö' => Some('O'), 'Ş' => Some('S'), 'Ç' => Some('C'), 'İ' => Some('I'), 'Ğ' => Some('G'), _ => None }).collect::<String>();
        let pad = |t: String| { let mut t: String = t.chars().take(30).collect(); while t.len() < 30 { t.push('<') } t };
        let num = format!("R{:07}", r(10000000));
        let mut c = fixture::card(photo.clone());
        c.mrz = [pad(format!("IRAZER{num}{}", r(10))), format!("{:06}{}F{:06}{}XXB<<<<<<<<<<<{}", r(1000000), r(10), 270000 + r(1000), r(10), r(10)), pad(format!("{}<<{}", up(n.family.as_deref().unwrap_or("")), up(&n.given)))];
        std::fs::write(out.join(format!("m{i:02}.pdf")), engine.card_pdf(&c).unwrap()).unwrap();
        std::fs::write(out.join(format!("m{i:02}.txt")), c.mrz.join("\n")).unwrap();
    }
}
