using System.Data;
using System.Data.Common;

namespace Tms.EventStore.Readers;

internal sealed class KeyStore(IDatabase database) : IKeyStore
{
    public async Task<IReadOnlyList<StoredKey>> All(string purpose, CancellationToken cancel) =>
        await database.Query(
            "select id, purpose, created_us, public, wrapped, withdrawn_us from keys where purpose = @purpose order by created_us, id", Key,
            cancel, ("purpose", purpose));

    public Task<bool> Add(StoredKey key, bool onlyFirst, CancellationToken cancel) =>
        AddWhere("@always or not exists (select 1 from keys where purpose = @purpose)", key, ("always", !onlyFirst), cancel);

    public Task<bool> AddAfter(StoredKey key, string newest, CancellationToken cancel) =>
        AddWhere(
            "@newest = (select id from keys where purpose = @purpose order by created_us desc, id desc limit 1)", key, ("newest", newest),
            cancel);

    public async Task<DateTimeOffset?> Withdraw(string purpose, string id, DateTimeOffset at, CancellationToken cancel)
    {
        await database.Execute(
            "update keys set withdrawn_us = @at where purpose = @purpose and id = @id and withdrawn_us is null", cancel,
            ("at", Micros.Of(at)), ("purpose", purpose), ("id", id));
        return (await All(purpose, cancel)).FirstOrDefault(key => key.Id == id)?.WithdrawnAt;
    }

    // Two who add at once: PostgreSQL's lock and SQLite's single writer let one of them find the other's key.
    private Task<bool> AddWhere(string condition, StoredKey key, (string, object?) parameter, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
    {
        if (database.Kind == DatabaseKind.Postgres)
        {
            await connection.Execute("lock table keys in share row exclusive mode", transaction, cancel);
        }

        var added = await connection.Execute(
            $"insert into keys (id, purpose, created_us, public, wrapped) select @id, @purpose, @created, @public, @wrapped where "
                + $"{condition}", transaction, cancel,
            ("id", key.Id), ("purpose", key.Purpose), ("created", Micros.Of(key.CreatedAt)), ("public", key.Public),
            ("wrapped", key.Wrapped), parameter);
        return added > 0;
    }, cancel, IsolationLevel.Serializable);

    private static StoredKey Key(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), Micros.ToTime(r.GetInt64(2)), r.GetFieldValue<byte[]>(3), r.GetFieldValue<byte[]>(4),
        r.IsDBNull(5) ? null : Micros.ToTime(r.GetInt64(5)));
}
