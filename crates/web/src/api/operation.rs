// SPDX-License-Identifier: Apache-2.0
//! One operation of the interface, declared once: its route, its handler and its description for the document.

use axum::{handler::Handler, routing::MethodRouter};
use domain::access::{Act, roles_for};
use serde_json::{Map, Value, json};

use super::{
    caller::{KEY, REPLAYED},
    problem::PROBLEM,
    schema::{Components, Described},
    wire::ProblemDocument,
};
use crate::{route::Route, state::AppState};

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callers {
    /// Everybody, without a token.
    Anyone,
    /// Every account.
    Account,
    /// Accounts whose role may do the act.
    Officers(Act),
}

/// A parameter of a query or a header.
struct Parameter {
    place: &'static str,
    name: &'static str,
    text: &'static str,
    schema: Value,
    is_required: bool,
}

/// What an operation answers when it was done.
struct Success {
    status: u16,
    text: &'static str,
    schema: Value,
    headers: Vec<(&'static str, &'static str)>,
}

/// An operation.
pub(crate) struct Operation {
    /// `GET`, `POST` or `DELETE`.
    pub(crate) method: &'static str,
    /// Path.
    pub(crate) path: &'static str,
    /// Name, unique.
    pub(crate) name: &'static str,
    /// Who may call.
    pub(crate) callers: Callers,
    /// An example of its body.
    pub(crate) example: Option<Value>,
    handler: MethodRouter<AppState>,
    summary: &'static str,
    text: Option<&'static str>,
    path_schema: Option<Value>,
    parameters: Vec<Parameter>,
    body: Option<Value>,
    success: Option<Success>,
    refusals: Vec<u16>,
    is_keyed: bool,
    components: Components,
}

impl Operation {
    fn new(
        method: &'static str,
        path: &'static str,
        name: &'static str,
        summary: &'static str,
        handler: MethodRouter<AppState>,
    ) -> Self {
        Self {
            method,
            path,
            name,
            callers: Callers::Account,
            example: None,
            handler,
            summary,
            text: None,
            path_schema: None,
            parameters: Vec::new(),
            body: None,
            success: None,
            refusals: Vec::new(),
            is_keyed: false,
            components: Components::default(),
        }
    }

    /// A question.
    pub(crate) fn get<H, T>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new("GET", path, name, summary, axum::routing::get(handler))
    }

    /// An act.
    pub(crate) fn post<H, T>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new("POST", path, name, summary, axum::routing::post(handler))
    }

    /// An end.
    pub(crate) fn delete<H, T>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new("DELETE", path, name, summary, axum::routing::delete(handler))
    }

    /// For officers who may do an act.
    pub(crate) fn act(mut self, act: Act) -> Self {
        self.callers = Callers::Officers(act);
        self
    }

    /// For everybody, without a token.
    pub(crate) fn anyone(mut self) -> Self {
        self.callers = Callers::Anyone;
        self
    }

    /// Says more.
    pub(crate) fn text(mut self, text: &'static str) -> Self {
        self.text = Some(text);
        self
    }

    /// The form of the part of the path in braces.
    pub(crate) fn part<T: Described>(mut self) -> Self {
        self.path_schema = Some(T::schema(&mut self.components));
        self
    }

    /// A parameter of the query that may be left out.
    pub(crate) fn query<T: Described>(mut self, name: &'static str, text: &'static str) -> Self {
        let schema = T::schema(&mut self.components);
        self.parameters.push(Parameter { place: "query", name, text, schema, is_required: false });
        self
    }

    /// A parameter of the query that must be given.
    pub(crate) fn must_query<T: Described>(mut self, name: &'static str, text: &'static str) -> Self {
        let schema = T::schema(&mut self.components);
        self.parameters.push(Parameter { place: "query", name, text, schema, is_required: true });
        self
    }

    /// The version that the client saw may be sent as `If-Match`.
    pub(crate) fn versioned(mut self) -> Self {
        self.parameters.push(Parameter {
            place: "header",
            name: "If-Match",
            text: "The version that the client saw, as its entity tag; answered with 409 and the present version if the \
                   record was changed since.",
            schema: json!({ "type": "string", "pattern": "^\"[0-9]{1,18}\"$" }),
            is_required: false,
        });
        self
    }

    /// What a client sends, with an example.
    pub(crate) fn takes<T: Described>(mut self, example: Value) -> Self {
        self.body = Some(T::schema(&mut self.components));
        self.example = Some(example);
        self
    }

    /// The client may send a key, so that a request repeated has one effect and one answer.
    pub(crate) fn keyed(mut self) -> Self {
        self.is_keyed = true;
        self
    }

    /// What is told when it was done.
    pub(crate) fn tells<T: Described>(mut self, status: u16, text: &'static str) -> Self {
        let schema = T::schema(&mut self.components);
        let headers = match (status, self.method) {
            (201, _) => vec![("Location", "Where it is found.")],
            _ => Vec::new(),
        };
        self.success = Some(Success { status, text, schema, headers });
        self
    }

    /// The answer says the version of the record as its entity tag.
    pub(crate) fn tells_version(mut self) -> Self {
        if let Some(success) = &mut self.success {
            success.headers.push(("ETag", "The version of the record."));
        }
        self
    }

    /// Refusals besides those that follow from its form.
    pub(crate) fn refuses(mut self, statuses: &[u16]) -> Self {
        self.refusals.extend(statuses);
        self
    }

    /// The row of the table of routes.
    pub(crate) fn route(self) -> Route {
        let methods = if self.method == "GET" { "GET, HEAD" } else { self.method };
        Route::api(methods, self.path, self.handler)
    }

    /// Every status that it answers with.
    pub(crate) fn statuses(&self) -> Vec<u16> {
        let mut all = vec![400, 414, 422, 429, 503];
        all.extend(self.success.as_ref().map(|success| success.status));
        all.extend(&self.refusals);
        if self.callers != Callers::Anyone {
            all.push(401);
        }
        if matches!(self.callers, Callers::Officers(_)) {
            all.extend([403, 404]);
        }
        if self.path_schema.is_some() {
            all.push(404);
        }
        // A body is too large where it is read, and where none is wanted.
        all.push(413);
        if self.method == "POST" {
            all.extend([409, 415]);
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Its description; schemas with a name go into the components.
    pub(crate) fn describe(mut self, components: &mut Map<String, Value>) -> Value {
        let statuses = self.statuses();
        let mut description = self.text.unwrap_or_default().to_owned();
        let mut operation = json!({ "operationId": self.name, "summary": self.summary, "tags": [self.tag()] });
        match self.callers {
            Callers::Anyone => operation["security"] = json!([]),
            Callers::Account => operation["security"] = json!([{ "token": [] }]),
            Callers::Officers(act) => {
                operation["security"] = json!([{ "token": [] }]);
                operation["x-act"] = act.as_str().into();
                let roles: Vec<_> = roles_for(act).iter().map(|role| role.as_str()).collect();
                description = format!("{description}\n\nRoles: {}.", roles.join(", ")).trim().to_owned();
            }
        }
        if !description.is_empty() {
            operation["description"] = description.into();
        }
        let parameters = self.parameters();
        if !parameters.is_empty() {
            operation["parameters"] = parameters.into();
        }
        if let Some(schema) = &self.body {
            let content = json!({ "application/json": { "schema": schema, "example": self.example } });
            operation["requestBody"] = json!({ "required": true, "content": content });
        }
        let mut responses = Map::new();
        for status in statuses {
            let response = match &self.success {
                Some(success) if success.status == status => self.told(success),
                _ => json!({ "$ref": format!("#/components/responses/{status}") }),
            };
            responses.insert(status.to_string(), response);
        }
        operation["responses"] = responses.into();
        components.extend(std::mem::take(&mut self.components).into_map());
        operation
    }

    fn told(&self, success: &Success) -> Value {
        let mut response = json!({ "description": success.text });
        if success.status != 204 {
            response["content"] = json!({ "application/json": { "schema": success.schema } });
        }
        let mut headers = Map::new();
        for (name, text) in &success.headers {
            headers.insert((*name).to_owned(), json!({ "description": text, "schema": { "type": "string" } }));
        }
        if self.is_keyed {
            let text = "`true` when the answer was given before, for the same key and the same request.";
            headers.insert(REPLAYED.to_owned(), json!({ "description": text, "schema": { "type": "string" } }));
        }
        if !headers.is_empty() {
            response["headers"] = headers.into();
        }
        response
    }

    fn parameters(&self) -> Vec<Value> {
        let mut all = Vec::new();
        if let (Some(schema), Some(name)) = (&self.path_schema, part_name(self.path)) {
            all.push(json!({ "in": "path", "name": name, "required": true, "schema": schema }));
        }
        for parameter in &self.parameters {
            all.push(json!({
                "in": parameter.place,
                "name": parameter.name,
                "description": parameter.text,
                "required": parameter.is_required,
                "schema": parameter.schema,
            }));
        }
        if self.is_keyed {
            all.push(json!({
                "in": "header",
                "name": KEY,
                "description": "A key that the client makes up for this request, such as a random UUID. The same request \
                    with the same key within a day has one effect and gets the same answer, refusals too; another request \
                    with it is answered with 422 `key_reused`.",
                "required": false,
                "schema": { "type": "string", "pattern": "^[!-~]{1,64}$" },
            }));
        }
        all
    }

    /// The first word of its path below the base.
    fn tag(&self) -> &'static str {
        self.below().split('/').nth(1).unwrap_or_default()
    }

    /// Its path below the base.
    pub(crate) fn below(&self) -> &'static str {
        self.path.strip_prefix(super::BASE).unwrap_or(self.path)
    }
}

/// The name of the part in braces.
fn part_name(path: &str) -> Option<&str> {
    path.split('/').find_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// The answers that are problems, by status, shared by all operations.
pub(crate) fn problems(components: &mut Components) -> Value {
    let problem = ProblemDocument::schema(components);
    let all = PROBLEMS.iter().map(|(status, text)| {
        let content = json!({ PROBLEM: { "schema": problem } });
        (status.to_string(), json!({ "description": text, "content": content }))
    });
    Value::Object(all.collect())
}

/// The statuses of problems, and what they mean here.
const PROBLEMS: [(u16, &str); 11] = [
    (400, "Malformed: no JSON, or no readable query."),
    (401, "Nobody has signed in: the token is missing, wrong, over or revoked."),
    (403, "Not permitted: the role may not do this at all, another officer must, or a wall protects the person."),
    (404, "There is none, or the account may not know that there is."),
    (409, "Not possible as things stand, or changed by somebody else meanwhile."),
    (413, "The body is too large."),
    (414, "The address is too long."),
    (415, "The body is not sent as JSON."),
    (422, "Fields are missing, unknown or wrong; `errors` names each."),
    (429, "Asked too often."),
    (503, "Busy; nothing was saved."),
];
