using System.Text;
using RealtimeSessions.EventLog.Embedded.Storage;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Embedded;

public sealed class JournalTests : IDisposable
{
    /// <summary>Where the record "one" ends: 16 bytes of header, 8 of its own, 3 of content.</summary>
    private const int FirstEnd = 27;

    private readonly TemporaryFolder _folder = new();
    private Journal _journal;

    public JournalTests()
    {
        _journal = Journal.Open(File);
        _journal.Clear();
    }

    private string File => Path.Combine(_folder.Path, Journal.FileName);

    [Fact]
    public void Read_AfterGroups_GivesTheirRecordsInOrder()
    {
        Assert.True(Store("one", "two"));
        Assert.True(Store("three"));

        Assert.Equal(["one", "two", "three"], Read());
        Assert.False(_journal.IsEmpty);
    }

    [Fact]
    public void Read_AfterOpeningAgain_GivesTheSame()
    {
        Store("one", "two");
        Store(new string('x', 1_001));

        Reopen();

        Assert.False(_journal.IsEmpty);
        Assert.Equal(["one", "two", new string('x', 1_001)], Read());
    }

    [Fact]
    public void TryWrite_OfNothing_StoresNothing()
    {
        Assert.True(Store());

        Assert.True(_journal.IsEmpty);
        Assert.Equal(0, new FileInfo(File).Length);
    }

    [Fact]
    public void Clear_ThenALesserGroup_LeavesNothingOfWhatWasThere()
    {
        // The records are equally long, so that what is left stands where the next one would.
        Store("one");
        Store("two");
        _journal.Clear();
        Assert.True(_journal.IsEmpty);
        Assert.Empty(Read());

        Store("six");

        Assert.Equal(["six"], Read());
        Reopen();
        Assert.Equal(["six"], Read());
    }

    [Fact]
    public void Discard_AGroup_StoresTheNextInItsPlace()
    {
        Store("one");
        Add("two");
        _journal.Discard();
        Store("three");

        Assert.Equal(["one", "three"], Read());
    }

    [Fact]
    public void Bypass_InAGroup_StoresNothingOfItUntilItIsCleared()
    {
        Store("one");
        Add("two");
        _journal.Bypass();
        Add("three");

        Assert.False(_journal.TryWrite());
        Assert.Equal(["one"], Read());

        _journal.Clear();
        Assert.True(Store("four"));
        Assert.Equal(["four"], Read());
    }

    [Fact]
    public void TryWrite_OfMoreThanItHolds_IsRefused()
    {
        var half = new string('x', 300 * 1024);
        Assert.True(Store(half));
        Assert.False(Store(half));
        Assert.Equal([half], Read());

        _journal.Clear();
        Assert.True(Store(half));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(37)]
    public void Read_OfAFileThatIsCutOff_GivesWhatIsWhole(int left)
    {
        Store("one");
        Store("two");
        _journal.Dispose();
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(left);
        }

        Reopen();

        Assert.Equal(left < FirstEnd ? [] : ["one"], Read());
    }

    [Fact]
    public void Read_OfAFileWithAWrongByteAnywhere_GivesNothingFromThereOn()
    {
        Store("one");
        Store("two");
        _journal.Dispose();
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var place = 0; place < bytes.Length; place++)
        {
            var wrong = bytes.ToArray();
            wrong[place] ^= 0x10;
            System.IO.File.WriteAllBytes(File, wrong);
            Reopen();

            Assert.Equal(place < FirstEnd ? [] : ["one"], Read());
            _journal.Dispose();
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    private void Add(string text) => _journal.Add((to, bytes) => to.Write(bytes), Encoding.ASCII.GetBytes(text), text.Length);

    private bool Store(params string[] texts)
    {
        foreach (var text in texts)
        {
            Add(text);
        }

        var isStored = _journal.TryWrite();
        if (!isStored)
        {
            _journal.Discard();
        }

        return isStored;
    }

    private string[] Read() => [.. _journal.Read().Select(record => Encoding.ASCII.GetString(record.Span))];

    private void Reopen()
    {
        _journal.Dispose();
        _journal = Journal.Open(File);
    }
}
