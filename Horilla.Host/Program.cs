using Horilla.Host;
using Horilla.Host.ReverseProxy;

var builder = WebApplication.CreateBuilder(args);

var password = ResetPasswordCommand.IsCalledBy(args) ? null : InitialAdminPassword.EnsureConfigured(builder);

builder.AddReverseProxy();
builder.Services
    .AddOrchardCms()
    .AddSetupFeatures("OrchardCore.AutoSetup");

var app = builder.Build();

if (ResetPasswordCommand.IsCalledBy(args))
{
    await using (app)
    {
        return await ResetPasswordCommand.RunAsync(app.Services, args);
    }
}

password?.PrintOnApplicationStarted(app);
app.UseReverseProxy();
app.UseOrchardCore();

await app.RunAsync();

return 0;
