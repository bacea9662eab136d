using MimeKit;

namespace Horilla.Testing;

/// <summary>A mail that a server accepted.</summary>
public sealed record ReceivedMail(MimeMessage Message, string Raw)
{
    public static ReceivedMail Read(string file)
    {
        var raw = File.ReadAllText(file);

        return new ReceivedMail(MimeMessage.Load(file), raw);
    }

    /// <summary>Waits for a mail with this text, which is on its way when this is called.</summary>
    public static async Task<ReceivedMail> WaitAsync(string outbox, string text)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            foreach (var file in Directory.GetFiles(outbox, "*.eml"))
            {
                if ((await File.ReadAllTextAsync(file)).Contains(text, StringComparison.Ordinal))
                {
                    return Read(file);
                }
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"No mail with '{text}' has arrived in '{outbox}'.");
    }
}
