using RealtimeSessions.Testing;

namespace RealtimeSessions.LoadTester.Tests.Support;

/// <summary>A server in Development that the tests of whole runs share.</summary>
public sealed class LoadServer : IAsyncLifetime
{
    public const string Name = "server";

    private ServerProcess? _process;

    public Uri Address => _process!.Address;

    public string Url => Address.AbsoluteUri;

    public Task<string> SignInAsync(string user) => _process!.SignInAsync(user);

    public async Task InitializeAsync() => _process = await ServerProcess.StartAsync();

    public async Task DisposeAsync()
    {
        _process!.AssertNoErrors();
        await _process.DisposeAsync();
    }
}

[CollectionDefinition(LoadServer.Name)]
public sealed class LoadServerCollection : ICollectionFixture<LoadServer>;
