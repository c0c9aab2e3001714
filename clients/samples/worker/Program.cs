using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RealtimeSessions.Samples.Worker;

var builder = Host.CreateApplicationBuilder(args);
var options = builder.Configuration.Get<WorkerOptions>() ?? new WorkerOptions();
using var signIn = new DevelopmentSignIn(options);
builder.Services.AddSingleton(options);
builder.Services.AddRealtimeClient(client =>
{
    client.Url = options.Url;
    client.AccessToken = signIn.GetTokenAsync;
});
builder.Services.AddHostedService<BoardWorker>();
await builder.Build().RunAsync();
