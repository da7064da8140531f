-- A user's sessions that go on: one row each, among the many of tokens that were exchanged.
create index sessions_open on sessions (tenant, user_id, family) where replaced_us is null;
