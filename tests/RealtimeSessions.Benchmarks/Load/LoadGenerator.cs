using System.Text.Json;
using RealtimeSessions.Benchmarks.Load.Orders;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>The process that makes the load: it does what the lines on its input say, and ends with it.</summary>
internal static class LoadGenerator
{
    /// <summary>The role's name on the command line.</summary>
    public const string Role = "load";

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        var crowd = new Members();
        _ = PingAsync(crowd);

        // Console.In would block the thread that this runs on, which may be the one that reads the sockets.
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } line)
        {
            Answer answer;
            try
            {
                answer = await DoAsync(crowd, JsonSerializer.Deserialize<Order>(line)!);
                crowd.Check();
            }
            catch (Exception exception)
            {
                answer = new Answer { Failure = exception is LoadException ? exception.Message : exception.ToString() };
            }

            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer));
        }
    }

    private static Task<Answer> DoAsync(Members members, Order order) => order switch
    {
        ConnectOrder connect => members.ConnectAsync(connect),
        WriteOrder write => members.WriteAsync(write),
        RateOrder rate => members.WriteAtRateAsync(rate),
        CountOrder count => members.WriteCountAsync(count),
        PauseOrder pause => members.PauseAsync(pause),
        CatchUpOrder catchUp => members.CatchUpAsync(catchUp),
        CutOrder cut => members.CutAsync(cut),
        ReturnOrder => members.ReturnAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private static async Task PingAsync(Members members)
    {
        using var timer = new PeriodicTimer(PingInterval);
        while (await timer.WaitForNextTickAsync())
        {
            members.Ping();
        }
    }
}
