// SPDX-License-Identifier: Apache-2.0
//! Accounts and their tokens.

use domain::{access::Role, id::AccountTokenId, sensitive::Sensitive, time::Timestamp};

use crate::api::schema::wire;

wire! {
    /// Signing in.
    asked NewToken {
        /// Name of the account.
        account: String,
        /// Its password.
        password: Sensitive<String>,
        /// Code of the second step, if the account has one.
        code: Option<Sensitive<String>>,
        /// What the token is for, so that its owner knows it again.
        name: String,
        /// For how many seconds it is valid: a minute to 90 days; half a day if absent.
        valid_seconds: Option<i64>,
    }
    /// A token, told once.
    told CreatedToken {
        /// Identifier, by which it is revoked.
        id: AccountTokenId,
        /// The token. It is kept nowhere.
        token: Sensitive<String>,
        /// Its name.
        name: String,
        /// When it ends.
        expires_at: Timestamp,
    }
    /// A token as its owner sees it later.
    told TokenEntry {
        /// Identifier, by which it is revoked.
        id: AccountTokenId,
        /// Its name.
        name: String,
        /// When it was made.
        created_at: Timestamp,
        /// When it ends.
        expires_at: Timestamp,
    }
    /// The valid tokens of the account.
    told Tokens {
        /// Oldest first.
        tokens: Vec<TokenEntry>,
    }
    /// The account that asks.
    told OwnAccount {
        /// Role.
        role: Role,
        /// Office, of the country pack.
        office: String,
        /// Body, of the country pack.
        body: String,
        /// What its role may do.
        acts: Vec<String>,
    }
    /// An account to be added.
    asked NewAccount {
        /// Name to sign in with.
        name: String,
        /// Its password.
        password: Sensitive<String>,
        /// Role.
        role: Role,
        /// Office, of the country pack.
        office: String,
    }
    /// An account.
    told Account {
        /// Name to sign in with.
        name: String,
        /// Role.
        role: Role,
        /// Office, of the country pack.
        office: String,
        /// Body, of the country pack.
        body: String,
        /// Whether it may sign in.
        is_active: bool,
    }
    /// A page of accounts.
    told Accounts {
        /// In the order of their names.
        accounts: Vec<Account>,
        /// Where the next page begins, if there may be one: to be sent as `after`.
        next: Option<String>,
    }
    /// An account that was disabled.
    told DisabledAccount {
        /// Its name.
        disabled: String,
    }
}
