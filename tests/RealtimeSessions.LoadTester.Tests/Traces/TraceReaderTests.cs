using System.IO.Compression;
using RealtimeSessions.LoadTester.Tests.Support;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Testing;

namespace RealtimeSessions.LoadTester.Tests.Traces;

public sealed class TraceReaderTests : IDisposable
{
    private const string Header = """{"trace":1,"name":"n","connections":2,"calls":1}""";
    private const string Call = """{"t":5,"c":1,"m":"PatchSessionData","a":{"data":{}}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_ATrace_HasEveryCall()
    {
        var trace = Trace.Load(TraceFiles.TwoWriters);

        Assert.Equal(("two writers", 2, true, 300), (trace.Header.Name, trace.Header.Connections, trace.Header.Ordered, trace.Calls.Count));
        Assert.Equal(2990, trace.Calls[^1].At);
        Assert.Equal("CreateSessionEvent", trace.Calls[1].Method);
    }

    [Fact]
    public void Load_ACompressedTraceOfAnyName_ReadsIt()
    {
        var file = Path.Combine(_folder.Path, "trace");
        using (var to = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            to.Write(File.ReadAllBytes(TraceFiles.TwoWriters));
        }

        Assert.Equal(Trace.Load(TraceFiles.TwoWriters).Calls.Select(call => call.Arguments.ToArray()), Trace.Load(file).Calls.Select(call => call.Arguments.ToArray()));
    }

    [Theory]
    [InlineData(1, """{"trace":2,"name":"n","connections":2,"calls":1}""", Call)]
    [InlineData(1, """{"trace":1,"name":"n","connections":0,"calls":1}""", Call)]
    [InlineData(1, """{"name":"n","connections":2,"calls":1}""", Call)]
    [InlineData(1, "no JSON", Call)]
    [InlineData(2, Header, "{")]
    [InlineData(2, Header, "[]")]
    [InlineData(2, Header, """{"t":5,"c":1,"m":"PatchSessionData","a":{}}{""")]
    [InlineData(2, Header, """{"t":5,"c":2,"m":"PatchSessionData","a":{}}""")]
    [InlineData(2, Header, """{"t":-1,"c":1,"m":"PatchSessionData","a":{}}""")]
    [InlineData(2, Header, """{"t":"x","c":1,"m":"PatchSessionData","a":{}}""")]
    [InlineData(2, Header, """{"t":5,"c":1,"m":"DeleteSession","a":{}}""")]
    [InlineData(2, Header, """{"t":5,"c":1,"m":3,"a":{}}""")]
    [InlineData(2, Header, """{"t":5,"c":1,"m":"PatchSessionData","a":[]}""")]
    [InlineData(2, Header, """{"t":5,"c":1,"m":"PatchSessionData","a":{"sessionId":"s"}}""")]
    [InlineData(2, Header, """{"t":5,"c":1,"a":{}}""")]
    [InlineData(3, Header, Call, """{"t":4,"c":1,"m":"PatchSessionData","a":{}}""")]
    [InlineData(3, Header, Call, Call)]
    [InlineData(1, Header)]
    public void Load_WhatIsNoTrace_NamesTheLine(int line, params string[] lines)
    {
        var file = TraceFiles.Write(_folder.Path, lines);

        var exception = Assert.Throws<TraceException>(() => Trace.Load(file));

        Assert.StartsWith($"{file}, line {line}: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatIsNotThere_SaysSo() => Assert.Throws<LoadException>(() => Trace.Load(Path.Combine(_folder.Path, "none")));

    [Theory]
    [InlineData("a.trace.jsonl")]
    [InlineData("a.trace.jsonl.gz")]
    public void Finish_OfAWriter_GivesWhatCanBeRead(string name)
    {
        var (original, file) = (Trace.Load(TraceFiles.TwoWriters), Path.Combine(_folder.Path, name));
        using (var writer = new TraceWriter(file))
        {
            foreach (var call in original.Calls)
            {
                writer.Add(call);
            }

            writer.Finish(original.Header with { Calls = 0 });
        }

        var read = Trace.Load(file);
        Assert.Equal(original.Header, read.Header);
        Assert.Equal(original.Calls.Select(call => (call.At, call.Connection, call.Method)), read.Calls.Select(call => (call.At, call.Connection, call.Method)));
        Assert.Equal(original.Calls.Select(call => call.Arguments.ToArray()), read.Calls.Select(call => call.Arguments.ToArray()));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
    }
}
