//! Tags on pipelines, webhooks and custom action types.

use super::*;

shapes! {
    /// A key and a value.
    structure Tag {
        required key: TagKey = "key";
        required value: TagValue = "value";
    }

    /// Input of TagResource: adds tags to a resource or changes them.
    structure TagResourceInput {
        required resource_arn: ResourceArn = "resourceArn";
        required tags: TagList = "tags";
    }

    /// Answer of TagResource.
    structure TagResourceOutput {}

    /// Input of UntagResource: takes tags off a resource.
    structure UntagResourceInput {
        required resource_arn: ResourceArn = "resourceArn";
        required tag_keys: TagKeyList = "tagKeys";
    }

    /// Answer of UntagResource.
    structure UntagResourceOutput {}

    /// Input of ListTagsForResource: lists the tags of a resource.
    structure ListTagsForResourceInput {
        required resource_arn: ResourceArn = "resourceArn";
        optional next_token: NextToken = "nextToken";
        optional max_results: MaxResults = "maxResults";
    }

    /// Answer of ListTagsForResource.
    structure ListTagsForResourceOutput {
        optional tags: TagList = "tags";
        optional next_token: NextToken = "nextToken";
    }

    list TagKeyList [TagKey]
    list TagList [Tag]

    text ResourceArn (RESOURCE_ARN)
    text TagKey (1..=128)
    text TagValue (0..=256)
}
