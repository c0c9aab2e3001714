namespace RealtimeSessions.EventLog.Tests;

public sealed class ListenerTableTests
{
    private static readonly LogId Name = new("session/demo/board");

    private readonly ListenerTable<object> _table = new();

    [Fact]
    public void Add_AndRemove_TellTheFirstAndTheLast()
    {
        var (one, two) = (new object(), new object());
        Assert.True(_table.Add(Name, one));
        Assert.False(_table.Add(Name, two));
        Assert.True(_table.Add(new LogId("other"), one));
        Assert.Equal([one, two], _table.Of(Name).ToArray());

        Assert.False(_table.Remove(Name, one));
        Assert.False(_table.Remove(Name, one));
        Assert.True(_table.Has(Name));
        Assert.True(_table.Remove(Name, two));
        Assert.False(_table.Remove(Name, two));

        Assert.False(_table.Has(Name));
        Assert.Empty(_table.Of(Name));
        Assert.Equal([new LogId("other")], _table.Names);
    }

    [Fact]
    public void AddAndRemove_OnManyThreads_LoseNothing()
    {
        var (firsts, lasts) = (0, 0);
        Parallel.For(0, 10_000, _ =>
        {
            var listener = new object();
            Interlocked.Add(ref firsts, _table.Add(Name, listener) ? 1 : 0);
            Assert.Contains(listener, _table.Of(Name));
            Interlocked.Add(ref lasts, _table.Remove(Name, listener) ? 1 : 0);
        });

        Assert.False(_table.Has(Name));
        Assert.InRange(firsts, 1, 10_000);
        Assert.Equal(firsts, lasts);
    }
}
