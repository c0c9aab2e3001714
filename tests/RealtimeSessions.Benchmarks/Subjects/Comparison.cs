using System.Globalization;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>The rounds of one crowd.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="OnRedis">Whether its server has a Redis.</param>
/// <param name="Rounds">The rounds.</param>
internal sealed record Series(string Name, bool OnRedis, IReadOnlyList<Round> Rounds);

/// <summary>Rounds of the same load on several subjects that took turns; the first is what the others are compared with.</summary>
internal sealed class Comparison(IReadOnlyList<Series> series)
{
    /// <summary>The median of a subject's figure.</summary>
    public double Median(int subject, Func<Round, double> figure) => Figures.Median(series[subject].Rounds.Select(figure));

    /// <summary>Prints rates and costs, a row for each subject.</summary>
    /// <param name="title">What was done.</param>
    public void Print(string title)
    {
        var table = new Table(
            title, "patches/s", "deliveries/s", "per read", "server µs/del.", "bytes alloc./del.", "Redis µs/del.", "generator µs/del.");
        for (var i = 0; i < series.Count; i++)
        {
            table.Add(
                series[i].Name,
                Text(i, round => round.PatchesPerSecond, "N0"),
                Text(i, round => round.DeliveriesPerSecond, "N0"),
                Text(i, round => (double)round.Answer.Deliveries / round.Answer.Reads, "N1"),
                Text(i, round => round.ServerMicros, "N2"),
                Text(i, round => round.AllocatedBytes, "N0"),
                !series[i].OnRedis ? "" : Text(i, round => round.RedisMicros, "N2"),
                Text(i, round => round.GeneratorMicros, "N2"));
        }

        table.Print();
    }

    /// <summary>Prints rates and costs of calls, a row for each subject.</summary>
    /// <param name="title">What was done.</param>
    public void PrintCalls(string title)
    {
        var table = new Table(title, "calls/s", "server µs/call", "bytes alloc./call", "Redis µs/call", "generator µs/call");
        for (var i = 0; i < series.Count; i++)
        {
            table.Add(
                series[i].Name,
                Text(i, round => round.PatchesPerSecond, "N0"),
                Text(i, round => round.Server.TotalMicroseconds / round.Answer.Patches, "N1"),
                Text(i, round => (double)round.Allocated / round.Answer.Patches, "N0"),
                !series[i].OnRedis ? "" : Text(i, round => round.Redis.TotalMicroseconds / round.Answer.Patches, "N1"),
                Text(i, round => round.Generator.TotalMicroseconds / round.Answer.Patches, "N1"));
        }

        table.Print();
    }

    /// <summary>Prints latencies, a row for each subject.</summary>
    /// <param name="title">What was done.</param>
    public void PrintLatencies(string title)
    {
        var table = new Table(title, "patches/s", "p50 µs", "p99 µs", "p99.9 µs", "max. µs", "server µs/del.");
        for (var i = 0; i < series.Count; i++)
        {
            table.Add(
                series[i].Name,
                Text(i, round => round.PatchesPerSecond, "N0"),
                Text(i, round => round.Answer.Latency!.P50, "N0"),
                Text(i, round => round.Answer.Latency!.P99, "N0"),
                Text(i, round => round.Answer.Latency!.P999, "N0"),
                Text(i, round => round.Answer.Latency!.Maximum, "N0"),
                Text(i, round => round.ServerMicros, "N2"));
        }

        table.Print();
    }

    /// <summary>Prints how a subject compares with the first.</summary>
    /// <param name="what">The figure's name.</param>
    /// <param name="subject">The subject's place.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="text">Puts the target beside the ratio.</param>
    public void PrintRatio(string what, int subject, Func<Round, double> figure, Func<Ratio, string> text)
    {
        var ratio = new Ratio(series[subject].Rounds.Select(figure), series[0].Rounds.Select(figure));
        Console.WriteLine($"  {what}, {series[subject].Name} / {series[0].Name}: {text(ratio)}");
    }

    private string Text(int subject, Func<Round, double> figure, string format) => Median(subject, figure).ToString(format, CultureInfo.InvariantCulture);
}
