namespace OrchardCore.BackgroundTasks;

/// <summary>When a background task runs, as set by its attribute.</summary>
public class BackgroundTaskSettings
{
    public string Name { get; set; } = "";

    public string? Title { get; set; }

    public bool Enable { get; set; } = true;

    public string Schedule { get; set; } = "*/5 * * * *";

    public string? Description { get; set; }

    public int LockTimeout { get; set; }

    public int LockExpiration { get; set; }

    /// <summary>Whether only one node at a time can run the task.</summary>
    public bool IsAtomic => LockTimeout > 0 && LockExpiration > 0;
}
