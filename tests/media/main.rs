//! Bodies of every media type over the wire: the code that is generated from `media.yaml`, with its client against its
//! router. The crate stands in a workspace of its own; what it is asked lies in `cases`.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use acceptance::{fixtures, pipeline, scratch};
    use specwright::render::{CrateOptions, Delivery, render};

    #[test]
    fn clients_and_servers_agree_about_every_media_type() {
        let folder = fixtures::package().join("media");
        let text = fs::read_to_string(folder.join("media.yaml")).expect("the document");
        let options = CrateOptions {
            name: "media".to_owned(),
            description: "Media.".to_owned(),
            workspace: true,
            runtime: Delivery::Copy,
        };
        let mut files = render(&[pipeline::plan("api", &text)], &options).unwrap_or_else(|error| panic!("{error}"));
        for path in fixtures::below("media/cases") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.insert(format!("tests/cases/{name}"), fs::read_to_string(&path).expect("a case"));
        }
        let root = scratch::workspace("media", &files);
        let mut cargo = Command::new(scratch::cargo());
        cargo.args(["test", "--quiet", "--offline", "--package", "media", "--test", "cases"]);
        let output = scratch::run(cargo, &root);
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{}\n{}", said(&output.stderr), said(&output.stdout));
    }
}
