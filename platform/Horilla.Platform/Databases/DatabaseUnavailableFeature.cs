using System.Runtime.ExceptionServices;

namespace Horilla.Platform.Databases;

/// <summary>Marks a request that failed because the tenant's database is unavailable.</summary>
internal sealed record DatabaseUnavailableFeature(ExceptionDispatchInfo Failure);
