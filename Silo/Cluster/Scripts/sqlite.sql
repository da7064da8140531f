-- What Orleans' ADO.NET providers need in SQLite: grain storage and reminders of the one process that uses the file.
-- Applied at every start; every statement may run again.
create table if not exists OrleansQuery (
  QueryKey text primary key,
  QueryText text not null
) without rowid;

create table if not exists orleans_storage (
  service_id text not null,
  grain_type text not null,
  grain_n0 integer not null,
  grain_n1 integer not null,
  grain_extension text not null,
  payload blob,
  version integer not null,
  primary key (service_id, grain_type, grain_extension, grain_n0, grain_n1)
);

create table if not exists orleans_reminder (
  service_id text not null,
  grain_id text not null,
  reminder_name text not null,
  grain_hash integer not null,
  start_time text not null,
  period integer not null,
  version integer not null,
  primary key (service_id, grain_id, reminder_name)
);

create index if not exists orleans_reminder_by_hash on orleans_reminder (service_id, grain_hash);

insert into OrleansQuery (QueryKey, QueryText) values
('ReadFromStorageKey', '
  select payload as PayloadBinary, version as Version
  from orleans_storage
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = ifnull(@GrainIdExtensionString, '''')
    and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
'),
('WriteToStorageKey', '
  insert into orleans_storage (service_id, grain_type, grain_n0, grain_n1, grain_extension, payload, version)
  select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, ifnull(@GrainIdExtensionString, ''''), @PayloadBinary, 1
  where @GrainStateVersion is null or exists (
    select 1 from orleans_storage
    where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = ifnull(@GrainIdExtensionString, '''')
      and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1)
  on conflict (service_id, grain_type, grain_extension, grain_n0, grain_n1) do update
  set payload = excluded.payload, version = version + 1
  where version = @GrainStateVersion
  returning version as NewGrainStateVersion
'),
('ClearStorageKey', '
  update orleans_storage set payload = null, version = version + 1
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = ifnull(@GrainIdExtensionString, '''')
    and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1 and version = @GrainStateVersion
  returning version as NewGrainStateVersion
'),
('DeleteStorageKey', '
  delete from orleans_storage
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = ifnull(@GrainIdExtensionString, '''')
    and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1 and version = @GrainStateVersion
  returning version + 1 as NewGrainStateVersion
'),
('ReadReminderRowsKey', '
  select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
  from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId
'),
('ReadReminderRowKey', '
  select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
  from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
'),
('ReadRangeRows1Key', '
  select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
  from orleans_reminder where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
'),
('ReadRangeRows2Key', '
  select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
  from orleans_reminder where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
'),
('UpsertReminderRowKey', '
  insert into orleans_reminder (service_id, grain_id, reminder_name, grain_hash, start_time, period, version)
  values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
  on conflict (service_id, grain_id, reminder_name) do update
  set grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = version + 1
  returning version as Version
'),
('DeleteReminderRowKey', '
  delete from orleans_reminder
  where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version;
  select changes();
'),
('DeleteReminderRowsKey', '
  delete from orleans_reminder where service_id = @ServiceId
')
on conflict (QueryKey) do update set QueryText = excluded.QueryText;
