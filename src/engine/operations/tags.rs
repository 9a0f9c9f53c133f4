//! TagResource, UntagResource, ListTagsForResource on pipelines, webhooks and custom action types (RN-4 to RN-6, QT-43).

use std::rc::Rc;

use super::paging;
use crate::order::sort_by;
use crate::{
    engine::{
        decision::Decision,
        declaration::{self, MAX_TAGS},
        fact::Event,
        world::{World, resource::Resource},
    },
    model::{
        ActionCategory, ActionOwner, ActionTypeId, ApiError, ErrorCode, ListTagsForResourceInput,
        ListTagsForResourceOutput, Tag, TagResourceInput, TagResourceOutput, UntagResourceInput,
        UntagResourceOutput,
    },
};

/// The resource that an ARN names.
///
/// # Errors
/// InvalidArnException where it can name nothing that has tags here, ResourceNotFoundException where what it names does
/// not exist.
fn resource(world: &World, arn: &str) -> Result<Resource, ApiError> {
    let refused = || {
        ApiError::new(
            ErrorCode::InvalidArnException,
            format!(
                "The ARN '{arn}' does not name a resource of this account and Region that can have tags"
            ),
        )
    };
    let missing = || {
        ApiError::new(
            ErrorCode::ResourceNotFoundException,
            format!("The resource '{arn}' does not exist"),
        )
    };
    let options = &world.options;
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "codepipeline", region, account, name] = parts.as_slice() else {
        return Err(refused());
    };
    // a client that was told not to ask for its account leaves it out.
    let here = *partition == options.partition
        && *region == options.region
        && (*account == options.account_id || account.is_empty());
    if !here {
        return Err(refused());
    }
    let named = match name.split_once(':') {
        None if name.contains('/') => return Err(refused()),
        None => {
            let pipeline = world.pipeline_named(name).ok_or_else(missing)?;
            return Ok(Resource::Pipeline(pipeline.id));
        }
        Some(("webhook", name)) => Resource::Webhook(name.into()),
        // RN-5: both ways of writing it.
        Some(("actiontype" | "actionType", id)) => {
            Resource::ActionType(Rc::new(action_type(id).ok_or_else(refused)?))
        }
        Some(_) => return Err(refused()),
    };
    world.tags(&named).ok_or_else(missing)?;
    Ok(named)
}

/// `Custom/category/provider/version`.
fn action_type(text: &str) -> Option<ActionTypeId> {
    let parts: Vec<&str> = text.split('/').collect();
    let ["Custom", category, provider, version] = parts.as_slice() else {
        return None;
    };
    Some(ActionTypeId {
        category: ActionCategory::from_name(category)?,
        owner: ActionOwner::Custom,
        provider: (*provider).to_owned(),
        version: (*version).to_owned(),
    })
}

/// TagResource: adds tags, and gives those that are there already another value.
pub fn tag(
    decision: &mut Decision,
    input: TagResourceInput,
) -> Result<TagResourceOutput, ApiError> {
    let resource = resource(decision, &input.resource_arn)?;
    declaration::check_tags(&input.tags)?;
    let mut tags = decision.tags(&resource).unwrap_or_default().to_vec();
    for given in input.tags {
        match tags.iter_mut().find(|tag| tag.key == given.key) {
            Some(tag) => tag.value = given.value,
            None => tags.push(given),
        }
    }
    declaration::check_tag_count(tags.len())?;
    change(decision, resource, tags);
    Ok(TagResourceOutput {})
}

/// UntagResource: a tag that is not there is off already.
pub fn untag(
    decision: &mut Decision,
    input: UntagResourceInput,
) -> Result<UntagResourceOutput, ApiError> {
    let resource = resource(decision, &input.resource_arn)?;
    declaration::check_tag_keys(&input.tag_keys)?;
    let tags = decision.tags(&resource).unwrap_or_default();
    let tags = tags
        .iter()
        .filter(|tag| !input.tag_keys.contains(&tag.key))
        .cloned()
        .collect();
    change(decision, resource, tags);
    Ok(UntagResourceOutput {})
}

fn change(decision: &mut Decision, resource: Resource, tags: Vec<Tag>) {
    if decision.tags(&resource) != Some(tags.as_slice()) {
        decision.record(Event::TagsChanged { resource, tags });
    }
}

/// ListTagsForResource, in the order of keys. A page holds all of them unless less is asked for.
pub fn list(
    world: &World,
    input: ListTagsForResourceInput,
) -> Result<ListTagsForResourceOutput, ApiError> {
    let resource = resource(world, &input.resource_arn)?;
    let question = paging::Question::new(world, "ListTagsForResource", &input.resource_arn);
    let after = question.position(input.next_token.as_deref())?;
    let size = paging::size(input.max_results, MAX_TAGS);
    let mut tags = world.tags(&resource).unwrap_or_default().to_vec();
    sort_by(&mut tags, |one, other| one.key.cmp(&other.key));
    tags.retain(|tag| after.as_ref().is_none_or(|after| tag.key > *after));
    let more = tags.len() > size;
    tags.truncate(size);
    let next_token = tags
        .last()
        .filter(|_| more)
        .map(|last| question.token(&last.key));
    Ok(ListTagsForResourceOutput {
        tags: Some(tags),
        next_token,
    })
}
