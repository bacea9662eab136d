using System.Globalization;
using Horilla.Modules.OutgoingMail;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.IO;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;

namespace Horilla.Samples.PickupFolder;

/// <summary>Writes each message to a file of its own, which appears in the folder only when it's complete.</summary>
public sealed partial class PickupFolderTransport(
    IOptions<ShellOptions> shellOptions,
    ShellSettings shellSettings,
    TimeProvider time,
    ILogger<PickupFolderTransport> logger,
    IStringLocalizer<PickupFolderTransport> stringLocalizer) : IMailTransport
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } = [DeliveryStep.Connection, DeliveryStep.Data];

    /// <inheritdoc />
    public int GetMaxConcurrency(OutgoingMailConfiguration configuration) => 4;

    /// <inheritdoc />
    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        var folder = configuration.GetOrCreate<PickupFolderSettings>().Folder;
        var name = $"{time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.eml";
        using var content = await ReadAsync(message, cancellationToken);

        try
        {
            delivery.Begin(DeliveryStep.Connection);
            var path = Path.Combine(GetPath(folder), name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            delivery.Complete(DeliveryStep.Connection, folder);

            delivery.Begin(DeliveryStep.Data);
            await WriteAsync(content, path, delivery, cancellationToken);
            delivery.Complete(DeliveryStep.Data);

            return S["Written to {0}", name];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The path on the host isn't for the tenant's administrators: the log has it.
            LogNotWritten(e, folder);

            throw new DeliveryException(NotWritable(folder, delivery.CurrentStep), e);
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery) => new()
    {
        Step = delivery.CurrentStep,
        Code = "pickup-folder-timeout",
        Message = S["The message wasn't written to the folder '{0}' within {1} seconds.", configuration.GetOrCreate<PickupFolderSettings>().Folder, configuration.TimeoutSeconds],
        NextStep = S["Check whether the disk is slow or a network share is unavailable. For large messages, increase the timeout."],
        CanRetry = true,
    };

    /// <summary>Reads the message before anything is written, so that an attachment that can't be read isn't taken for a problem of the folder.</summary>
    private static async Task<Stream> ReadAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var content = new MemoryBlockStream();

        try
        {
            await message.WriteToAsync(content, cancellationToken);
            content.Position = 0;

            return content;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await content.DisposeAsync();

            throw new MessageContentException(e);
        }
    }

    /// <summary>Writes a file that appears under its name only when it's complete. If that fails, nothing is left.</summary>
    private static async Task WriteAsync(Stream content, string path, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        var partial = path + ".tmp";

        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            delivery.ContentStarted = true;
            File.Move(partial, path);
        }
        catch
        {
            File.Delete(partial);

            throw;
        }
    }

    /// <summary>Returns the path of a folder. All pickup folders of a tenant have one parent, so that a name can't be that of another folder.</summary>
    private string GetPath(string folder) => PickupFolderSettings.IsFolderName(folder)
        ? Path.Combine(shellOptions.Value.ShellsApplicationDataPath, shellOptions.Value.ShellsContainerName, shellSettings.Name, "PickupFolders", folder)
        : throw new IOException($"'{folder}' isn't a folder name.");

    private OutgoingMailError NotWritable(string folder, DeliveryStep step) => new()
    {
        Step = step,
        Code = "pickup-folder-not-writable",
        Message = S["The message couldn't be written to the folder '{0}'.", folder],
        NextStep = S["Ask an operator to check that the site may write to its pickup folders and that the disk has space. The site's log has the details."],
        Field = nameof(PickupFolderViewModel.Folder),
        CanRetry = true,
    };

    [LoggerMessage(1, LogLevel.Error, "A message couldn't be written to the pickup folder '{Folder}'.")]
    private partial void LogNotWritten(Exception exception, string folder);
}
