-- What Orleans' ADO.NET providers need on PostgreSQL: cluster membership, grain storage, reminders, and the SQL they run.
-- Applied at every start under an advisory lock; every statement may run again.
create table if not exists orleansquery (
  querykey text primary key,
  querytext text not null
);

create table if not exists orleans_cluster (
  deployment_id text primary key,
  version int not null
);

create table if not exists orleans_member (
  deployment_id text not null references orleans_cluster,
  address text not null,
  port int not null,
  generation int not null,
  silo_name text not null,
  host_name text not null,
  status int not null,
  proxy_port int,
  suspect_times text,
  start_time timestamptz not null,
  alive_time timestamptz not null,
  primary key (deployment_id, address, port, generation)
);

create table if not exists orleans_storage (
  service_id text not null,
  grain_type text not null,
  grain_n0 bigint not null,
  grain_n1 bigint not null,
  grain_extension text not null,
  payload bytea,
  version int not null,
  primary key (service_id, grain_type, grain_extension, grain_n0, grain_n1)
);

create table if not exists orleans_reminder (
  service_id text not null,
  grain_id text not null,
  reminder_name text not null,
  grain_hash int not null,
  start_time timestamptz not null,
  period bigint not null,
  version int not null,
  primary key (service_id, grain_id, reminder_name)
);

create index if not exists orleans_reminder_by_hash on orleans_reminder (service_id, grain_hash);

insert into orleansquery (querykey, querytext) values
('GatewaysQueryKey', $sql$
  select address, proxy_port as proxyport, generation
  from orleans_member
  where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$sql$),
('MembershipReadRowKey', $sql$
  select c.version, m.address, m.port, m.generation, m.silo_name as siloname, m.host_name as hostname, m.status,
    m.proxy_port as proxyport, m.suspect_times as suspecttimes, m.start_time as starttime, m.alive_time as iamalivetime
  from orleans_cluster c
  left join orleans_member m on m.deployment_id = c.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
  where c.deployment_id = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
  select c.version, m.address, m.port, m.generation, m.silo_name as siloname, m.host_name as hostname, m.status,
    m.proxy_port as proxyport, m.suspect_times as suspecttimes, m.start_time as starttime, m.alive_time as iamalivetime
  from orleans_cluster c
  left join orleans_member m on m.deployment_id = c.deployment_id
  where c.deployment_id = @DeploymentId
$sql$),
('InsertMembershipVersionKey', $sql$
  with made as (insert into orleans_cluster (deployment_id, version) values (@DeploymentId, 0) on conflict do nothing returning 1)
  select count(*)::int from made
$sql$),
('InsertMembershipKey', $sql$
  with raised as (
    update orleans_cluster set version = version + 1
    where deployment_id = @DeploymentId and version = @Version and not exists (
      select 1 from orleans_member
      where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning 1),
  joined as (
    insert into orleans_member (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
    select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from raised
    returning 1)
  select count(*)::int from joined
$sql$),
('UpdateMembershipKey', $sql$
  with raised as (
    update orleans_cluster set version = version + 1 where deployment_id = @DeploymentId and version = @Version returning 1),
  changed as (
    update orleans_member set status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
    where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation and exists (select 1 from raised)
    returning 1)
  select count(*)::int from changed
$sql$),
('UpdateIAmAlivetimeKey', $sql$
  update orleans_member set alive_time = @IAmAliveTime
  where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
  with gone as (delete from orleans_member where deployment_id = @DeploymentId)
  delete from orleans_cluster where deployment_id = @DeploymentId
$sql$),
('CleanupDefunctSiloEntriesKey', $sql$
  delete from orleans_member where deployment_id = @DeploymentId and alive_time < @IAmAliveTime and status <> 3
$sql$),
('ReadFromStorageKey', $sql$
  select payload as payloadbinary, version
  from orleans_storage
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = coalesce(@GrainIdExtensionString, '')
    and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
$sql$),
('WriteToStorageKey', $sql$
  with changed as (
    update orleans_storage set payload = @PayloadBinary, version = version + 1
    where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = coalesce(@GrainIdExtensionString, '')
      and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1 and version = @GrainStateVersion
    returning version),
  made as (
    insert into orleans_storage (service_id, grain_type, grain_n0, grain_n1, grain_extension, payload, version)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1
    where @GrainStateVersion is null
    on conflict do nothing
    returning version)
  select (select version from changed union all select version from made) as newgrainstateversion
$sql$),
('ClearStorageKey', $sql$
  update orleans_storage set payload = null, version = version + 1
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = coalesce(@GrainIdExtensionString, '')
    and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1 and version = @GrainStateVersion
  returning version as newgrainstateversion
$sql$),
('DeleteStorageKey', $sql$
  delete from orleans_storage
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_extension = coalesce(@GrainIdExtensionString, '')
    and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1 and version = @GrainStateVersion
  returning version + 1 as newgrainstateversion
$sql$),
('ReadReminderRowsKey', $sql$
  select grain_id as grainid, reminder_name as remindername, start_time as starttime, period, version
  from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId
$sql$),
('ReadReminderRowKey', $sql$
  select grain_id as grainid, reminder_name as remindername, start_time as starttime, period, version
  from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
$sql$),
('ReadRangeRows1Key', $sql$
  select grain_id as grainid, reminder_name as remindername, start_time as starttime, period, version
  from orleans_reminder where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$sql$),
('ReadRangeRows2Key', $sql$
  select grain_id as grainid, reminder_name as remindername, start_time as starttime, period, version
  from orleans_reminder where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$sql$),
('UpsertReminderRowKey', $sql$
  insert into orleans_reminder as r (service_id, grain_id, reminder_name, grain_hash, start_time, period, version)
  values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
  on conflict (service_id, grain_id, reminder_name) do update
  set grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = r.version + 1
  returning version
$sql$),
('DeleteReminderRowKey', $sql$
  with gone as (
    delete from orleans_reminder
    where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version
    returning 1)
  select count(*)::int from gone
$sql$),
('DeleteReminderRowsKey', $sql$
  delete from orleans_reminder where service_id = @ServiceId
$sql$)
on conflict (querykey) do update set querytext = excluded.querytext where orleansquery.querytext <> excluded.querytext;
