-- The event types that the cursors of a reactor stand for; a program with other types has cursors of its own beside them.
create table reactor_sets (
  cursor_name text collate "C" not null,
  reactor     text collate "C" not null,
  type        text collate "C" not null,
  version     integer not null,
  start       bigint not null,
  primary key (cursor_name, type)
);
create index reactor_sets_reactor on reactor_sets (reactor);

-- What programs act on that know nothing of sets, and write cursors under the bare name of the reactor.
insert into reactor_sets (cursor_name, reactor, type, version, start) values
  ('mail', 'mail', 'USER_INVITED', 1, 0),
  ('mail', 'mail', 'USER_PASSWORD_RESET_REQUESTED', 1, 0),
  ('mail', 'mail', 'USER_EMAIL_CHANGE_REQUESTED', 1, 0),
  ('mail', 'mail', 'USER_PASSWORD_CHANGED', 1, 0),
  ('mail', 'mail', 'USER_EMAIL_CHANGED', 1, 0);
