using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace RealtimeSessions.Server.Proxy;

/// <summary>Behind a proxy: the addresses that clients see, and theirs.</summary>
internal static partial class ProxySetup
{
    public static IServiceCollection AddProxy(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration("Proxy")
            .Validate(options => options.BasePath.Length == 0 || BasePathForm().IsMatch(options.BasePath), "Proxy:BasePath must be a path such as /realtime.")
            .Validate(options => options.Trusted.All(text => TryRead(text, out _)), "Proxy:Trusted must be addresses, or networks such as 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxy) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;

            // As many proxies in a row as are trusted.
            headers.ForwardLimit = null;
            foreach (var text in proxy.Value.Trusted)
            {
                TryRead(text, out var network);
                headers.KnownIPNetworks.Add(network);
            }
        });
        return services;
    }

    public static void UseProxy(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.BasePath is { Length: > 0 } basePath)
        {
            app.UsePathBase(basePath);

            // What comes after must see the rest of the path.
            app.UseRouting();
        }
    }

    /// <summary>Reads a network; an address is one of its own.</summary>
    private static bool TryRead(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex BasePathForm();
}
