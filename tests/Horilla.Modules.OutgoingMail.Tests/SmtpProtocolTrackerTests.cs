using Horilla.Modules.OutgoingMail.Smtp;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Detects whether a server may have received the content of a message.</summary>
public sealed class SmtpProtocolTrackerTests
{
    private readonly SmtpProtocolTracker _conversation = new();

    [Theory]
    [InlineData("354 Go on\r\n")]
    [InlineData("3", "54 Go on\r\n")]
    [InlineData("35", "4", " Go on\r\n")]
    public void The_content_begins_with_the_354_reply_to_DATA_even_if_that_arrives_in_pieces(params string[] pieces)
    {
        _conversation.BeginMessage();
        LogClient("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n");
        LogServer("250 OK\r\n250 OK\r\n");
        LogClient("DATA\r\n");
        Assert.False(_conversation.ContentStarted);

        foreach (var piece in pieces)
        {
            LogServer(piece);
        }

        Assert.True(_conversation.ContentStarted);
        _conversation.BeginMessage();
        Assert.False(_conversation.ContentStarted);
    }

    [Theory]
    [InlineData("DATA\r\n", "503 5.5.1 There is nobody\r\n")]
    [InlineData("DATA\r\n", "421 4.7.0 Not now\r\n")]
    [InlineData("NOOP\r\n", "354 Go on\r\n")]
    public void The_content_has_not_begun_without_a_354_reply_to_DATA(string said, string heard)
    {
        _conversation.BeginMessage();
        LogClient(said);
        LogServer(heard);

        Assert.False(_conversation.ContentStarted);
    }

    private void LogClient(string text) => _conversation.LogClient(System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length);

    private void LogServer(string text) => _conversation.LogServer(System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length);
}
