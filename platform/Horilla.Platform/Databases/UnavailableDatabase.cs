using System.Runtime.ExceptionServices;

namespace Horilla.Platform.Databases;

/// <summary>Says of a request that it failed because the tenant's database is not available.</summary>
internal sealed record UnavailableDatabase(ExceptionDispatchInfo Failure);
