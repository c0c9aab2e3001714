using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The client among a program's services.</summary>
public static class RealtimeClientServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="RealtimeClient"/> for the program, with its logging and, where there is one, its <see cref="TimeProvider"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRealtimeClient(this IServiceCollection services, Action<RealtimeClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddLogging();
        services.Configure(configure);
        services.TryAddSingleton(provider => new RealtimeClient(
            provider.GetRequiredService<IOptions<RealtimeClientOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()));
        return services;
    }
}
