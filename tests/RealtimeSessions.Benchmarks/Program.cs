using RealtimeSessions.Benchmarks;

// dotnet run -c Release --project tests/RealtimeSessions.Benchmarks -- [name ...]
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["document"] = DocumentBenchmark.RunAsync,
    ["list"] = ListBenchmark.RunAsync,
};

foreach (var name in args.Length == 0 ? [.. benchmarks.Keys] : args)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"There is no benchmark '{name}'. There are: {string.Join(", ", benchmarks.Keys)}.");
        return 2;
    }

    await run();
}

return 0;
