using Tms.EventStore.Persons;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Persons;

public sealed class PersonKeyTests
{
    private static readonly Guid Event = Guid.CreateVersion7();
    private readonly PersonKey _key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void What_is_sealed_opens_in_its_own_event_only()
    {
        var box = _key.Seal(Event, "Ola"u8);
        Assert.Equal("Ola", Some.Text(_key.Open(Event, box)));
        Assert.Throws<InvalidDataException>(() => _key.Open(Guid.CreateVersion7(), box));
    }

    [Fact]
    public void Another_persons_key_does_not_open_it() =>
        Assert.Throws<InvalidDataException>(() => new PersonKey(new byte[32]).Open(Event, _key.Seal(Event, "Ola"u8)));

    [Fact]
    public void No_byte_of_it_can_be_altered_and_none_left_out()
    {
        var box = _key.Seal(Event, "Ola"u8);
        for (var i = 0; i < box.Length; i++)
        {
            var altered = box.ToArray();
            altered[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => _key.Open(Event, altered));
            Assert.Throws<InvalidDataException>(() => _key.Open(Event, box.AsSpan(0, i)));
        }
    }

    [Fact]
    public void The_same_sealed_twice_does_not_look_the_same() => Assert.NotEqual(_key.Seal(Event, "Ola"u8), _key.Seal(Event, "Ola"u8));

    [Fact]
    public void A_key_of_another_size_is_refused() => Assert.Throws<ArgumentException>(() => new PersonKey(new byte[16]));
}
