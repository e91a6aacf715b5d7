namespace Repave.Cli;

/// <summary>The run of a CI system that this is, as its variables tell: for the record of who asked. They are said, not proved.</summary>
internal static class CiIdentity
{
    /// <summary>The run; null where none is.</summary>
    /// <param name="variable">Gives a variable of the environment; null if it is not set.</param>
    public static JsonCi? Of(Func<string, string?> variable)
    {
        string? Get(params string[] names) => names.Select(variable).FirstOrDefault(value => value is { Length: > 0 });
        if (Get("GITHUB_ACTIONS") is not null)
            return new JsonCi("GitHub Actions", Get("GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR"), Get("GITHUB_REPOSITORY"), Get("GITHUB_REF"),
                Get("GITHUB_SHA"), Get("GITHUB_HEAD_REF"),
                Get("GITHUB_SERVER_URL") is { } server && Get("GITHUB_RUN_ID") is { } run
                    ? $"{server}/{Get("GITHUB_REPOSITORY")}/actions/runs/{run}" : Get("GITHUB_RUN_ID"));
        if (Get("GITLAB_CI") is not null)
            return new JsonCi("GitLab CI/CD", Get("GITLAB_USER_LOGIN", "GITLAB_USER_NAME"), Get("CI_PROJECT_PATH"),
                Get("CI_COMMIT_REF_NAME"),
                Get("CI_COMMIT_SHA"), Get("CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_ID"),
                Get("CI_JOB_URL", "CI_PIPELINE_URL", "CI_PIPELINE_ID"));
        if (Get("BUILD_BUILDURI") is not null)
            return new JsonCi("Azure Pipelines", Get("BUILD_REQUESTEDFOREMAIL", "BUILD_REQUESTEDFOR"), Get("BUILD_REPOSITORY_NAME"),
                Get("BUILD_SOURCEBRANCH"), Get("BUILD_SOURCEVERSION"), Get("SYSTEM_PULLREQUEST_PULLREQUESTID"), Get("BUILD_BUILDURI"));
        if (Get("JENKINS_URL") is not null)
            return new JsonCi("Jenkins", Get("BUILD_USER_ID", "BUILD_USER", "CHANGE_AUTHOR"), Get("GIT_URL"),
                Get("BRANCH_NAME", "GIT_LOCAL_BRANCH", "GIT_BRANCH"), Get("GIT_COMMIT"), Get("CHANGE_ID"),
                Get("BUILD_URL", "BUILD_NUMBER"));
        return null;
    }
}
