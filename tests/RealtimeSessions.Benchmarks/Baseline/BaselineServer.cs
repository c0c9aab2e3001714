using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace RealtimeSessions.Benchmarks.Baseline;

/// <summary>The process that the product is measured against: the smallest application with a SignalR hub. It ends with its input.</summary>
internal static class BaselineServer
{
    /// <summary>The role's name on the command line, before the kind of hub.</summary>
    public const string Role = "baseline";

    /// <summary>The kinds of hub.</summary>
    public const string Bare = "bare", Naive = "naive";

    /// <summary>The environment variable that names the naive hub's Redis.</summary>
    public const string RedisVariable = "BENCHMARK_REDIS";

    /// <summary>Serves, and says on the first line where.</summary>
    public static async Task RunAsync(string kind)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        if (Environment.GetEnvironmentVariable(RedisVariable) is { } redis)
        {
            builder.Services.AddSingleton((await ConnectionMultiplexer.ConnectAsync(redis)).GetDatabase());
        }

        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        switch (kind)
        {
            case Bare:
                app.MapHub<BareHub>("/hub", options => options.Transports = HttpTransportType.WebSockets);
                break;
            case Naive:
                app.MapHub<NaiveHub>("/hub", options => options.Transports = HttpTransportType.WebSockets);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }

        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());

        // Console.In would block the thread that this runs on, which may be the Redis client's.
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);

        await app.StopAsync();
    }
}
