using System.IO.Compression;
using Horilla.Host;
using Horilla.Host.FirstSignIn;
using Horilla.Host.ReverseProxy;
using Microsoft.AspNetCore.ResponseCompression;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find(args) });
var isCommand = ResetPasswordCommand.IsCalledBy(args);
var firstSignIn = isCommand ? null : FirstSignInHint.Prepare(builder);

builder.AddReverseProxy();

// Also with HTTPS. Whoever can make a victim open pages and measure their size could guess texts on them (BREACH). Pages have no
// secrets, though: passwords are never shown, and antiforgery tokens are different in each response.
builder.Services.AddResponseCompression(options =>
{
    options.EnableForHttps = true;
    options.MimeTypes = ResponseCompressionDefaults.MimeTypes.Append("image/svg+xml");
});

// The fastest levels make a list up to three times as large, and aren't noticeably faster.
builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
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
