using MimeKit;

namespace Horilla.Testing;

/// <summary>A message that a server accepted.</summary>
public sealed record ReceivedMessage(MimeMessage Message, string Raw)
{
    public static ReceivedMessage Read(string file)
    {
        var raw = File.ReadAllText(file);

        return new ReceivedMessage(MimeMessage.Load(file), raw);
    }

    /// <summary>Waits for a message that contains a text and may still be on its way.</summary>
    public static async Task<ReceivedMessage> WaitAsync(string outbox, string text)
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

        throw new TimeoutException($"No message with '{text}' arrived in '{outbox}'.");
    }
}
