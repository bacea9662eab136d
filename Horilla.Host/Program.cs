using System.IO.Compression;
using Horilla.Host;
using Horilla.Host.FirstSignIn;
using Horilla.Host.ReverseProxy;
using Horilla.Modules.OutgoingMail.Outbox;
using Microsoft.AspNetCore.ResponseCompression;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find(args) });
var isCommand = ResetPasswordCommand.IsCalledBy(args);
var firstSignIn = isCommand ? null : FirstSignInHint.Prepare(builder);

builder.AddReverseProxy();

// HTTPS as well, although response sizes can reveal text on a page to an attacker who makes a victim open it (BREACH). These
// pages have no secrets to reveal: passwords are never shown, and each response has another antiforgery token.
builder.Services.AddResponseCompression(options =>
{
    options.EnableForHttps = true;
    options.MimeTypes = ResponseCompressionDefaults.MimeTypes.Append("image/svg+xml");
});

// The fastest levels make a list up to three times as large, and aren't noticeably faster.
builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
builder.Services.AddOutgoingMailTenantStart();
builder.Services
    .AddOrchardCms()
    .AddSetupFeatures("OrchardCore.AutoSetup");

// A host that can't start says why in one line: see below.
builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

var app = builder.Build();

if (isCommand)
{
    await using (app)
    {
        return await ResetPasswordCommand.RunAsync(app.Services, args);
    }
}

firstSignIn?.Use(app);
app.UseReverseProxy();
app.UseResponseCompression();
app.UseOrchardCore();

try
{
    await app.StartAsync();
}
catch (Exception e) when (StartupErrors.Explain(e, app) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);

    return 1;
}

await app.WaitForShutdownAsync();

return 0;
