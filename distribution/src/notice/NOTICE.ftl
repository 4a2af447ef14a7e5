spark-sbp

The distribution carries the libraries below in its folder app, each under its own licence, unchanged and with the
notices that its jar has. Its folder spark/jars is Apache Spark 3.5 with all that Spark brings: the Apache License 2.0
and what Spark's own LICENSE-binary and NOTICE-binary name (https://spark.apache.org).

<#list dependencyMap?sort_by(["key", "id"]) as entry>
<#assign library = entry.key>
${library.groupId}:${library.artifactId}:${library.version}
    <#list entry.value as licence>${licence}<#sep>; </#list>
<#-- Some have their registry's page from their parent, which is not about them. -->
<#if library.url?has_content && !library.url?contains("nexus.sonatype.org")>
    ${library.url}
</#if>
</#list>
