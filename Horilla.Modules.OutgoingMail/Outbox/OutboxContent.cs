using System.Globalization;
using System.IO.Compression;
using Horilla.Modules.OutgoingMail.Smtp;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Stores the content of messages: compressed, in chunks, each protected with the tenant's Data Protection keys for its
/// message and position. A message is never in memory as a whole while it is stored. One instance per tenant shell; thread-safe.
/// </summary>
public sealed class OutboxContent(IDataProtectionProvider protection, ShellSettings shellSettings, IOptions<OutboxHostOptions> options, IStringLocalizer<OutboxContent> S)
{
    /// <summary>Fits every database's limit for a binary column after protection has added its part.</summary>
    private const int ChunkSize = 48 * 1024;

    /// <summary>A message of at most this size is one chunk, even if it can't be compressed.</summary>
    public const long SmallSize = 32 * 1024;

    /// <summary>A larger message is read into a temporary file instead of memory.</summary>
    private const long MemoryThreshold = 1024 * 1024;

    /// <summary>Stores a message.</summary>
    /// <returns>Its size before compression, in bytes.</returns>
    /// <exception cref="OutboxMessageTooLargeException">The message is larger than allowed. Some of its chunks may be stored.</exception>
    /// <exception cref="Exception">Any exception that a stream of the message throws.</exception>
    public async Task<long> WriteAsync(OutboxConnection connection, string mailId, MimeMessage message)
    {
        var number = 0;
        var hasFailed = false;
        var maxBytes = options.Value.MaxMessageBytes;
        await using var chunks = new ChunkedWriteStream(ChunkSize, WriteChunkAsync);
        long length;

        await using (var compressed = new DeflateStream(chunks, CompressionLevel.Fastest, leaveOpen: true))
        {
            await using var counted = new CountingWriteStream(compressed, maxBytes, () => TooLarge(maxBytes));
            await message.WriteToAsync(CreateFormat(message), counted, connection.CancellationToken);
            length = counted.Length;
        }

        await chunks.CompleteAsync();

        return length;

        async Task WriteChunkAsync(ReadOnlyMemory<byte> chunk)
        {
            if (hasFailed)
            {
                // Called while the compression is disposed of: a second failure would hide the first.
                return;
            }

            hasFailed = true;
            var data = CreateProtector(mailId, number).Protect(chunk.ToArray());
            await connection.ExecuteAsync("INSERT INTO {OutgoingMailOutboxContent} ([MailId], [Number], [Data]) VALUES (@mailId, @number, @data)", new { mailId, number = number++, data });
            hasFailed = false;
        }
    }

    /// <summary>Reads a message.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="mailId">The ID of the message.</param>
    /// <param name="size">Its size before compression, in bytes.</param>
    /// <returns>The message, or null if its content was removed. The caller disposes of it, and of the stream afterwards.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that it was protected with are missing.</exception>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    public async Task<(MimeMessage Message, IAsyncDisposable? Buffer)?> ReadAsync(OutboxConnection connection, string mailId, long size)
    {
        await using var source = new ChunkedReadStream(ReadChunksAsync(connection, mailId), connection.CancellationToken);

        return await ReadAsync(source, size, connection.CancellationToken);
    }

    /// <summary>Reads a message that is one chunk.</summary>
    /// <param name="data">The chunk.</param>
    /// <param name="mailId">The ID of the message.</param>
    /// <param name="size">Its size before compression, in bytes.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <inheritdoc cref="ReadAsync(OutboxConnection, string, long)" path="/exception"/>
    public Task<(MimeMessage Message, IAsyncDisposable? Buffer)?> ReadAsync(byte[] data, string mailId, long size, CancellationToken cancellationToken)
        => ReadAsync(new MemoryStream(CreateProtector(mailId, 0).Unprotect(data), writable: false), size, cancellationToken);

    private static async Task<(MimeMessage Message, IAsyncDisposable? Buffer)?> ReadAsync(Stream source, long size, CancellationToken cancellationToken)
    {
        var content = CreateBuffer(size);

        try
        {
            await using (var decompressed = new DeflateStream(source, CompressionMode.Decompress, leaveOpen: true))
            {
                await decompressed.CopyToAsync(content, cancellationToken);
            }

            if (content.Length == 0)
            {
                await content.DisposeAsync();

                return null;
            }

            content.Position = 0;

            // The parts of the message refer to the buffer, so that large ones stay in the file.
            return (await MimeMessage.LoadAsync(content, persistent: true, cancellationToken), content);
        }
        catch
        {
            await content.DisposeAsync();

            throw;
        }
    }

    /// <summary>The format keeps Bcc, and addresses that have no ASCII form.</summary>
    private static FormatOptions CreateFormat(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = SmtpFormatOptions.FindInternationalAddress(message) is not null;

        return format;
    }

    /// <summary>The file has no name, so that nothing is left of it if the process is killed.</summary>
    private static Stream CreateBuffer(long size)
    {
        if (size <= MemoryThreshold)
        {
            return new MemoryStream((int)Math.Max(size, 0));
        }

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };

        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);

        return file;
    }

    private async IAsyncEnumerable<byte[]> ReadChunksAsync(OutboxConnection connection, string mailId)
    {
        var number = 0;

        await foreach (var data in connection.StreamAsync("SELECT [Data] FROM {OutgoingMailOutboxContent} WHERE [MailId] = @mailId ORDER BY [Number]", new { mailId }))
        {
            yield return CreateProtector(mailId, number++).Unprotect(data);
        }
    }

    private IDataProtector CreateProtector(string mailId, int number)
        => protection.CreateProtector("Horilla.Modules.OutgoingMail", shellSettings.Name, "Outbox", mailId, number.ToString(CultureInfo.InvariantCulture));

    private OutboxMessageTooLargeException TooLarge(long maxBytes)
        => new(S["The message is larger than {0}, which is the limit of the outbox. Send smaller attachments or links to them, or ask an operator to raise the limit.", SmtpFormatOptions.FormatSize(maxBytes)], maxBytes);
}
