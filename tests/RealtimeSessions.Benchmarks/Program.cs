using RealtimeSessions.Benchmarks;
using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

// dotnet run -c Release --project tests/RealtimeSessions.Benchmarks -- [name ...] [--quick]
const string Quick = "--quick";
var benchmarks = new Dictionary<string, Func<Pace, Task>>
{
    ["fanout"] = FanoutBenchmark.RunAsync,
    ["naive"] = NaiveBenchmark.RunAsync,
    ["append"] = AppendBenchmark.RunAsync,
    ["latency"] = LatencyBenchmark.RunAsync,
    ["slow"] = SlowBenchmark.RunAsync,
    ["resume"] = ResumeBenchmark.RunAsync,
    ["document"] = DocumentBenchmark.RunAsync,
    ["idle"] = IdleBenchmark.RunAsync,
    ["presence"] = PresenceBenchmark.RunAsync,
    ["encode"] = EncodeBenchmark.RunAsync,
    ["list"] = _ => ListBenchmark.RunAsync(),
    ["conversations"] = ConversationsBenchmark.RunAsync,
    ["replica"] = ReplicaBenchmark.RunAsync,
    ["console"] = ConsoleBenchmark.RunAsync,
};

switch (args)
{
    case [LoadGenerator.Role]:
        await LoadGenerator.RunAsync();
        return 0;
    case [BaselineServer.Role, var kind]:
        await BaselineServer.RunAsync(kind);
        return 0;
}

string[] names = [.. args.Where(arg => arg != Quick)];
if (names.Except(benchmarks.Keys).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

Console.WriteLine(Machine.Describe());
var exitCode = 0;
foreach (var name in names.Length == 0 ? [.. benchmarks.Keys] : names)
{
    Console.WriteLine();
    try
    {
        await benchmarks[name](args.Contains(Quick) ? Pace.Quick : Pace.Full);
    }
    catch (Exception exception) when (exception is LoadException or HubCallException)
    {
        Console.WriteLine();
        Console.WriteLine($"{name} FAILED: {exception.Message}");
        exitCode = 1;
    }
}

return exitCode;
