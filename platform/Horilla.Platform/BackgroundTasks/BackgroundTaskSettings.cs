namespace OrchardCore.BackgroundTasks;

/// <summary>When a background task runs, as its attribute says.</summary>
public class BackgroundTaskSettings
{
    public string Name { get; set; } = "";

    public string? Title { get; set; }

    public bool Enable { get; set; } = true;

    public string Schedule { get; set; } = "*/5 * * * *";

    public string? Description { get; set; }

    public int LockTimeout { get; set; }

    public int LockExpiration { get; set; }

    /// <summary>Whether no two nodes may run it at once.</summary>
    public bool IsAtomic => LockTimeout > 0 && LockExpiration > 0;
}
