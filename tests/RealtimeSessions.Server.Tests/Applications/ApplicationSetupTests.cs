using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Development;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class ApplicationSetupTests
{
    [Theory]
    [InlineData(false, "", "")]
    [InlineData(false, "root,boss", "root,boss")]
    [InlineData(true, "", "alice")]
    [InlineData(true, "root", "root")]
    public void Administrators_BySettingAndEnvironment_AreThese(bool isDevelopment, string setting, string expected) =>
        Assert.Equal(expected, string.Join(",", Read(isDevelopment, setting).Administrators));

    [Fact]
    public void Administrators_WithAnEmptyId_AreRefused() =>
        Assert.Throws<OptionsValidationException>(() => Read(isDevelopment: false, "root,,boss"));

    private static ApplicationsOptions Read(bool isDevelopment, string setting)
    {
        var settings = setting.Split(',').Select((id, i) => KeyValuePair.Create($"Administrators:{i}", (string?)id)).Where(_ => setting.Length > 0);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddApplications();
        if (isDevelopment)
        {
            services.AddDevelopment();
        }

        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<ApplicationsOptions>>().Value;
    }
}
