using System.Globalization;
using Horilla.Modules.OutgoingMail;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;

namespace Horilla.Samples.PickupFolder;

/// <summary>Writes each message to a file of its own, which appears in the folder only when it's complete.</summary>
public sealed class PickupFolderTransport(
    IOptions<ShellOptions> shellOptions,
    ShellSettings shellSettings,
    TimeProvider time,
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
        var folder = GetFolder(configuration);
        var name = $"{time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.eml";
        var path = Path.Combine(folder, name);
        var partial = path + ".tmp";

        try
        {
            delivery.Begin(DeliveryStep.Connection);
            Directory.CreateDirectory(folder);

            await using (var file = new FileStream(partial, FileMode.CreateNew))
            {
                delivery.Complete(DeliveryStep.Connection, folder);
                delivery.Begin(DeliveryStep.Data);
                await message.WriteToAsync(file, cancellationToken);
            }

            // From here on, someone may find the message. A failure before this never leaves one behind.
            delivery.ContentStarted = true;
            File.Move(partial, path);
            delivery.Complete(DeliveryStep.Data);

            return S["Written to {0}", name];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException(NotWritable(folder, delivery.CurrentStep, e), e);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery) => new()
    {
        Step = delivery.CurrentStep,
        Code = "pickup-folder-timeout",
        Message = S["The message wasn't written to the folder '{0}' within {1} seconds.", GetFolder(configuration), configuration.TimeoutSeconds],
        NextStep = S["Check whether the disk is slow or a network share is unavailable. For large messages, increase the timeout."],
        CanRetry = true,
    };

    private string GetFolder(OutgoingMailConfiguration configuration) => Path.Combine(
        shellOptions.Value.ShellsApplicationDataPath,
        shellOptions.Value.ShellsContainerName,
        shellSettings.Name,
        configuration.GetOrCreate<PickupFolderSettings>().Folder);

    private OutgoingMailError NotWritable(string folder, DeliveryStep step, Exception e) => new()
    {
        Step = step,
        Code = "pickup-folder-not-writable",
        Message = S["The message couldn't be written to the folder '{0}': {1}", folder, e.Message],
        NextStep = S["Ask an operator to check that the site may write to this folder and that the disk has space."],
        Field = nameof(PickupFolderViewModel.Folder),
        CanRetry = true,
    };
}
