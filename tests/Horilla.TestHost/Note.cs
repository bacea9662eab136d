namespace Horilla.TestHost;

/// <summary>A document of a module that sends email.</summary>
public sealed class Note
{
    public string Text { get; set; } = "";
}
