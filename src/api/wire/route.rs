//! Whom a request is for: which protocol it speaks and which operation it names.

use super::{Request, protocol::Protocol};

/// The service in targets and paths.
const SERVICE: &str = "CodePipeline_20150709";

/// The protocol of a request and the operation it names, if it names one of this service; none for what is no request
/// of either protocol (W-16). A folder in front of the path is the endpoint's own and is not looked at (W-1).
pub fn find<'a>(request: &Request<'a>) -> Option<(Protocol, Option<&'a str>)> {
    if !request.method.eq_ignore_ascii_case("POST") {
        return None;
    }
    if request.header("smithy-protocol") == Some("rpc-v2-cbor") {
        return Some((Protocol::Cbor, in_path(request.path)));
    }
    let target = header(request, "x-amz-target");
    if target.is_none() && !speaks_json(request) {
        return None;
    }
    let name = target.and_then(|target| target.strip_prefix(SERVICE)?.strip_prefix('.'));
    Some((Protocol::Json, name))
}

/// As [`Request::header`], living as long as the headers.
fn header<'a>(request: &Request<'a>, name: &str) -> Option<&'a str> {
    let found = request.headers.iter();
    found
        .filter(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
        .next()
}

/// `…/service/<service>/operation/<name>`.
fn in_path(path: &str) -> Option<&str> {
    let (before, name) = path.rsplit_once("/operation/")?;
    let (_, service) = before.rsplit_once("/service/")?;
    (service == SERVICE).then_some(name)
}

/// Whether the content type, whatever its parameters, is that of AWS JSON.
fn speaks_json(request: &Request<'_>) -> bool {
    let kind = request.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-amz-json-1.1")
}
