// SPDX-License-Identifier: Apache-2.0
//! Accounts of those who work with the program, and their tokens.

use domain::{
    access::{Actor, Jurisdiction, Role},
    id::{AccountId, AccountTokenId},
    time::Timestamp,
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_ACCOUNT = "INSERT INTO account (id, name, password_hash, role, body, office, jurisdiction, is_active, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8)";
    FIND_ACCOUNT_BY_NAME = "SELECT id, name, password_hash, role, body, office, jurisdiction, is_active
        FROM account WHERE name = $1";
    FIND_ACCOUNT_BY_TOKEN = "SELECT a.id, a.name, a.password_hash, a.role, a.body, a.office, a.jurisdiction, a.is_active
        FROM account_token t JOIN account a ON a.id = t.account_id
        WHERE t.token_digest = $1 AND t.revoked_at IS NULL AND t.expires_at > $2";
    LIST_ACCOUNTS = "SELECT id, name, password_hash, role, body, office, jurisdiction, is_active
        FROM account WHERE name > $1 ORDER BY name LIMIT $2";
    UPDATE_ACCOUNT_PASSWORD = "UPDATE account SET password_hash = $1 WHERE id = $2";
    FIND_ACCOUNT_BY_ID = "SELECT id, name, password_hash, role, body, office, jurisdiction, is_active FROM account WHERE id = $1";
    UPDATE_ACCOUNT_DISABLED = "UPDATE account SET is_active = FALSE WHERE name = $1 AND is_active = TRUE";
    REVOKE_ACCOUNT_TOKENS = "UPDATE account_token SET revoked_at = $1 WHERE revoked_at IS NULL
        AND account_id = (SELECT id FROM account WHERE name = $2)";
    LIST_ROWS_OF_ACCOUNT = "SELECT 'account', id FROM account WHERE name = $1
        UNION ALL SELECT 'account_token', t.id FROM account_token t JOIN account a ON a.id = t.account_id WHERE a.name = $1 AND t.revoked_at IS NULL";
    INSERT_ACCOUNT_TOKEN = "INSERT INTO account_token (id, account_id, token_digest, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
}

/// Accounts that one page of the list has.
pub const ACCOUNTS_PER_PAGE: i64 = 200;

/// An account as stored.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who it is when acting.
    pub actor: Actor,
    /// Name to sign in with.
    pub name: String,
    /// Argon2id hash of the password (PHC string).
    pub password_hash: String,
    /// Whether it may sign in.
    pub is_active: bool,
}

pub(crate) fn account(row: &Row) -> Result<Account, DbError> {
    let role: Role = row.word(3)?;
    let jurisdiction = match row.get::<String>(6)?.as_str() {
        "national" => Jurisdiction::National,
        _ => Jurisdiction::OwnOffice,
    };
    let actor = Actor { account: row.id(0)?, role, body: row.get(4)?, office: row.get(5)?, jurisdiction };
    Ok(Account { actor, name: row.get(1)?, password_hash: row.get(2)?, is_active: row.get(7)? })
}

impl Session {
    /// The account of this name.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_account_by_name(&mut self, name: &str) -> Result<Option<Account>, DbError> {
        self.fetch_optional(FIND_ACCOUNT_BY_NAME, args![name]).await?.as_ref().map(account).transpose()
    }

    /// The account of this identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_account_by_id(&mut self, id: AccountId) -> Result<Option<Account>, DbError> {
        self.fetch_optional(FIND_ACCOUNT_BY_ID, args![id]).await?.as_ref().map(account).transpose()
    }

    /// The account of a token that is valid now, by the token's SHA-256.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_account_by_token(&mut self, digest: &[u8], now: Timestamp) -> Result<Option<Account>, DbError> {
        self.fetch_optional(FIND_ACCOUNT_BY_TOKEN, args![digest, now]).await?.as_ref().map(account).transpose()
    }

    /// A page of accounts after a name.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_accounts(&mut self, after: &str) -> Result<Vec<Account>, DbError> {
        self.fetch_all(LIST_ACCOUNTS, args![after, ACCOUNTS_PER_PAGE]).await?.iter().map(account).collect()
    }
}

impl Write {
    /// Inserts an account.
    ///
    /// # Errors
    /// [`DbError`]; constraint `account_name_key` when the name is taken.
    pub async fn insert_account(
        &mut self,
        actor: &Actor,
        name: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let jurisdiction = match actor.jurisdiction {
            Jurisdiction::OwnOffice => "own_office",
            Jurisdiction::National => "national",
        };
        let values = args![
            actor.account,
            name,
            password_hash,
            actor.role.as_str(),
            actor.body.as_str(),
            actor.office.as_str(),
            jurisdiction,
            now,
        ];
        self.execute(INSERT_ACCOUNT, values).await?;
        self.touch(table::ACCOUNT, actor.account)
    }

    /// Stores another hash of the password.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_account_password(&mut self, account: AccountId, hash: &str) -> Result<(), DbError> {
        self.execute(UPDATE_ACCOUNT_PASSWORD, args![hash, account]).await?;
        self.touch(table::ACCOUNT, account)
    }

    /// Revokes the tokens of an account.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn revoke_account_tokens(&mut self, name: &str, now: Timestamp) -> Result<(), DbError> {
        self.touch_found(LIST_ROWS_OF_ACCOUNT, args![name]).await?;
        self.execute(REVOKE_ACCOUNT_TOKENS, args![now, name]).await.map(drop)
    }

    /// Disables an account and revokes its tokens; says whether there was an active one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn disable_account(&mut self, name: &str, now: Timestamp) -> Result<bool, DbError> {
        self.touch_found(LIST_ROWS_OF_ACCOUNT, args![name]).await?;
        self.execute(REVOKE_ACCOUNT_TOKENS, args![now, name]).await?;
        Ok(self.execute(UPDATE_ACCOUNT_DISABLED, args![name]).await? == 1)
    }

    /// Inserts a token by its SHA-256.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_account_token(
        &mut self,
        id: AccountTokenId,
        account: AccountId,
        digest: &[u8],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(INSERT_ACCOUNT_TOKEN, args![id, account, digest, now, expires_at]).await?;
        self.touch(table::ACCOUNT_TOKEN, id)
    }
}
