//! Artifacts: where they are stored, and how jobs and histories name them.

use super::*;

shapes! {
    /// The bucket in which a pipeline keeps artifacts.
    structure ArtifactStore {
        required r#type: ArtifactStoreType = "type";
        /// Name of the bucket, no folder.
        required location: ArtifactStoreLocation = "location";
        /// The bucket's default key when absent.
        optional encryption_key: EncryptionKey = "encryptionKey";
    }

    /// Kinds of stores.
    choice ArtifactStoreType { S3 = "S3"; }

    /// The key that artifacts are encrypted with.
    structure EncryptionKey {
        /// Key id, key ARN or alias ARN.
        required id: EncryptionKeyId = "id";
        required r#type: EncryptionKeyType = "type";
    }

    /// Kinds of keys.
    choice EncryptionKeyType { Kms = "KMS"; }

    /// An artifact as a job worker sees it.
    structure Artifact {
        optional name: ArtifactName = "name";
        /// Only on inputs whose source has one.
        optional revision: Revision = "revision";
        optional location: ArtifactLocation = "location";
    }

    /// Where an artifact lies.
    structure ArtifactLocation {
        optional r#type: ArtifactLocationType = "type";
        optional s3_location: S3ArtifactLocation = "s3Location";
    }

    /// Kinds of locations.
    choice ArtifactLocationType { S3 = "S3"; }

    /// A bucket and a key, as jobs are told.
    structure S3ArtifactLocation {
        required bucket_name: S3BucketName = "bucketName";
        required object_key: S3ObjectKey = "objectKey";
    }

    /// An artifact as the history of an action tells it.
    structure ArtifactDetail {
        optional name: ArtifactName = "name";
        optional s3_location: S3Location = "s3location";
    }

    /// A bucket and a key, as histories tell.
    structure S3Location {
        optional bucket: S3Bucket = "bucket";
        optional key: S3Key = "key";
    }

    /// Credentials for the artifact store, good for a short time.
    secret_structure AWSSessionCredentials {
        required access_key_id: AccessKeyId = "accessKeyId";
        required secret_access_key: SecretAccessKey = "secretAccessKey";
        required session_token: SessionToken = "sessionToken";
    }

    list ArtifactDetailList [ArtifactDetail]
    list ArtifactList [Artifact]

    secret_text AccessKeyId ()
    text ArtifactName (ARTIFACT_NAME; 1..=100)
    text ArtifactStoreLocation (LABEL; 3..=63)
    text EncryptionKeyId (1..=400)
    text S3Bucket (3..=63)
    text S3BucketName ()
    text S3Key (1..=100)
    text S3ObjectKey ()
    secret_text SecretAccessKey ()
    secret_text SessionToken ()
}
