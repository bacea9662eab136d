namespace OrchardCore.Email;

public class MailMessageAttachment
{
    public string Filename { get; set; } = "";

    public Stream? Stream { get; set; }
}
