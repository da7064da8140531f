using System.Collections.Immutable;
using Tms.EndToEnd.Tests.Chaos.Work;

namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>The checks find what they are for: each history that is false in one point is seen to be.</summary>
public sealed class CheckTests
{
    private static readonly Guid Company = Guid.CreateVersion7();
    private static readonly Guid Invoice = Guid.CreateVersion7();
    private static readonly ImmutableList<Logged> Log =
    [
        Event(1, 1, "INVOICE_CREATED") with { Key = "make", Outstanding = 100 },
        Event(2, 2, "INVOICE_SENT") with { Number = 1, Outstanding = 100 },
        Event(3, 3, "INVOICE_PARTIALLY_PAID") with { Key = "some", Number = 1, Payment = 40, Paid = 40, Outstanding = 60 },
        Event(4, 4, "INVOICE_PAID") with { Key = "rest", Number = 1, Payment = 60, Paid = 100, Outstanding = 0 },
    ];

    private static readonly ImmutableList<Asked> History =
    [
        Ask("make", Deed.Create, Answer(201, 1)) with { Invoice = null },
        Ask("send", Deed.Send, Answer(null), Answer(503), Answer(200, 2)),
        Ask("some", Deed.Pay, Answer(null)),
        Ask("rest", Deed.Pay, Answer(200, 4)),
        Ask("more", Deed.Pay, Answer(409)),
        Ask("lost", Deed.Pay, Answer(503)),
    ];

    private static readonly Seen Watched = new("kari", Company, [new(0, [1, 2], false), new(2, [], false), new(2, [3, 4], false)], []);

    [Fact]
    public void A_true_history_is_found_true()
    {
        Assert.Empty(Commands(History, Log));
        Assert.Empty(NumberCheck.Faults(Log));
        Assert.Empty(SumCheck.Faults(Log));
        Assert.Empty(Spectators(Watched));
    }

    [Fact]
    public void What_was_accepted_must_be_there() => Finds("accepted and lost", Commands(History, Log.RemoveAt(3)));

    [Fact]
    public void A_send_that_was_accepted_must_be_there() => Finds("accepted and lost", Commands(History, Log.RemoveAt(1)));

    [Fact]
    public void What_was_accepted_must_be_there_once() =>
        Finds("done 2 times", Commands(History, Log.Add(Log[3] with { Sequence = 5, Version = 5 })));

    [Fact]
    public void What_was_never_answered_may_be_there_once() =>
        Finds("done 2 times", Commands(History, Log.Add(Log[2] with { Sequence = 5, Version = 5 })));

    [Fact]
    public void What_was_never_answered_may_be_missing() => Assert.Empty(Commands(History, Log.RemoveAt(2)));

    [Fact]
    public void What_was_refused_must_not_be_there() =>
        Finds("refused and done", Commands(History, Log.Add(Log[3] with { Sequence = 5, Version = 5, Key = "more" })));

    [Fact]
    public void What_nobody_asked_for_must_not_be_there()
    {
        Finds("nobody asked", Commands(History, Log.Add(Log[3] with { Sequence = 5, Version = 5, Key = "stranger" })));
        Finds("nobody asked", Commands(History, Log.Add(Log[1] with { Sequence = 5, Invoice = Guid.NewGuid() })));
    }

    [Fact]
    public void An_answer_must_say_what_is_there()
    {
        Finds("answered otherwise", Commands(History, Log.SetItem(3, Log[3] with { Version = 5 })));
        Finds("answered otherwise", Commands(History, Log.SetItem(0, Log[0] with { Invoice = Guid.NewGuid() })));
    }

    [Fact]
    public void A_command_must_do_what_it_is_for()
    {
        Finds("wrote something else", Commands(History, Log.SetItem(3, Log[3] with { Type = "INVOICE_CANCELLED" })));
        Finds("wrote something else", Commands(History, Log.SetItem(3, Log[3] with { Company = Guid.NewGuid() })));
    }

    [Fact]
    public void A_fault_of_ours_is_one_even_where_the_repeat_succeeds() =>
        Finds("500", Commands(History.SetItem(3, Ask("rest", Deed.Pay, Answer(500), Answer(200, 4))), Log));

    [Fact]
    public void Only_the_state_of_an_invoice_is_a_reason_to_refuse() =>
        Finds("for no reason", Commands(History.SetItem(4, Ask("more", Deed.Pay, Answer(404))), Log));

    [Fact]
    public void A_conflict_that_may_be_tried_again_is_no_refusal()
    {
        var conflict = Answer(409) with { Body = """{"code":"conflict"}""" };
        Assert.Empty(Commands(History.SetItem(2, Ask("some", Deed.Pay, conflict)), Log));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Numbers_must_begin_at_one(long number) => Finds("number 1 was due", NumberCheck.Faults([Log[1] with { Number = number }]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Numbers_must_go_on_without_gap_or_double_in_the_order_of_the_log(long second) =>
        Finds("number 2 was due", NumberCheck.Faults([Log[1] with { Sequence = 9, Number = second }, Log[1]]));

    [Fact]
    public void Payments_must_add_up()
    {
        Finds("is paid", SumCheck.Faults(Log.RemoveAt(2)));
        Finds("is paid", SumCheck.Faults(Log.SetItem(3, Log[3] with { Payment = 61 })));
        Finds("is paid", SumCheck.Faults(Log.SetItem(2, Log[2] with { Outstanding = 61 })));
        Finds("paid or not", SumCheck.Faults(Log.SetItem(3, Log[3] with { Type = "INVOICE_PARTIALLY_PAID" })));
    }

    [Fact]
    public void Versions_must_count_the_events() =>
        Finds("version 4 was due", SumCheck.Faults(Log.SetItem(3, Log[3] with { Version = 5 })));

    [Fact]
    public void A_spectator_must_see_every_position_once_and_in_order()
    {
        Finds("3 was due, 4 came", Spectators(Watched with { Sittings = [new(0, [1, 2, 4], false)] }));
        Finds("3 was due, 2 came", Spectators(Watched with { Sittings = [new(0, [1, 2], false), new(1, [2, 3, 4], false)] }));
        Finds("2 was due, 3 came", Spectators(Watched with { Sittings = [new(0, [1, 3, 2, 4], false)] }));
    }

    [Fact]
    public void A_spectator_must_see_the_end_and_need_no_new_start()
    {
        Finds("ended at 3", Spectators(Watched with { Sittings = [new(0, [1, 2, 3], false)] }));
        Finds("told to start anew", Spectators(Watched with { Sittings = [new(0, [1, 2], true), new(2, [3, 4], false)] }));
        Finds("saw nothing", Spectators(Watched with { Sittings = [] }));
    }

    private static void Finds(string fault, IEnumerable<string> found) =>
        Assert.Contains(found, text => text.Contains(fault, StringComparison.Ordinal));

    private static IEnumerable<string> Commands(IReadOnlyList<Asked> history, IReadOnlyList<Logged> log) =>
        CommandCheck.Faults(history, log);

    private static IEnumerable<string> Spectators(Seen seen) => SpectatorCheck.Faults([seen], new Dictionary<Guid, long> { [Company] = 4 });

    private static Logged Event(long sequence, int version, string type) =>
        new(Company, sequence, Invoice, version, type) { Payable = 100 };

    private static Asked Ask(string key, Deed deed, params Attempt[] attempts) => new(key, Company, deed, Invoice, true, [.. attempts]);

    private static Attempt Answer(int? status, int version = 0) =>
        new("api 1", TimeSpan.Zero, TimeSpan.Zero, status, $$"""{"id":"{{Invoice}}","version":{{version}}}""");
}
