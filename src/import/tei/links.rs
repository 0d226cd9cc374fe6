//! Targets of references as the edition's links.

use super::Importer;
use super::index::Target;
use crate::import::xml::{self, Node};

impl<'a> Importer<'a> {
    /// The link for a target; `Err` holds what a broken reference names.
    pub fn resolve(&mut self, node: Node<'a>, target: &str) -> Result<String, String> {
        let target = target.trim();
        if target.split(' ').count() > 1 {
            let first = target.split(' ').next().unwrap_or(target);
            return self.resolve(node, first);
        }
        if ["http:", "https:", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
            self.report.resolved += 1;
            return Ok(target.to_owned());
        }
        match target.split_once('#') {
            Some(("", id)) => self.within(node, id),
            Some((volume, id)) if volume == self.volume => self.within(node, id),
            Some((volume, id)) => Ok(self.elsewhere(volume, id)),
            None if self.index.target(target).is_some() => self.unmarked(node, target),
            None if target == self.volume => Ok(format!("doc:{target}/")),
            None => Ok(self.elsewhere(target, "")),
        }
    }

    /// A target without its `#`: links to persons and terms are plain all the same; a reference would name a volume.
    fn unmarked(&mut self, node: Node<'a>, id: &str) -> Result<String, String> {
        let message = format!("the target `{id}` lacks its `#`");
        if xml::name(node) == "ref" {
            self.report.broken(xml::place(node), message);
            return Err(format!("doc:{id}"));
        }
        self.report.remark_some("target-unmarked", || xml::place(node), message);
        self.within(node, id)
    }

    fn within(&mut self, node: Node<'a>, id: &str) -> Result<String, String> {
        let found = match self.index.target(id) {
            Some(Target::Unit(unit)) => Some(format!("doc:{unit}")),
            Some(Target::Note(unit, label)) => Some(match self.lost_notes.contains(&(unit.clone(), label.clone())) {
                true => format!("doc:{unit}"),
                false => format!("doc:{unit}#fn{label}"),
            }),
            Some(Target::Page(unit, pagination, number)) => Some(self.page_address(unit, pagination, number)),
            Some(Target::Within(unit, Some(anchor))) => Some(format!("doc:{unit}#{anchor}")),
            Some(Target::Within(unit, None)) if !unit.is_empty() => Some(format!("doc:{unit}")),
            Some(Target::Within(..)) => Some(format!("doc:{}/", self.volume)),
            Some(Target::Entry(scheme)) => Some(format!("{scheme}:{}", super::index::clean(id))),
            Some(Target::Person) => Some(format!("person:{}", super::index::clean(id))),
            Some(Target::Term) => Some(format!("term:{}", super::index::clean(id))),
            None => None,
        };
        if let Some(address) = found {
            self.report.resolved += 1;
            return Ok(address);
        }
        let scheme = match xml::name(node) {
            "persName" => "person",
            "gloss" | "term" => "term",
            _ if id.starts_with("pg_") => "page",
            _ => "doc",
        };
        self.report.broken(xml::place(node), format!("the target `#{id}` is not in the file"));
        Err(format!("{scheme}:{}", id.trim_start_matches("pg_")))
    }

    fn page_address(&self, unit: &str, pagination: &str, number: &str) -> String {
        let mut address = "page:".to_owned();
        let by_document = self.document_paginations.contains(pagination);
        if by_document {
            address.push_str(&format!("{unit}/"));
        }
        if by_document || pagination != self.first_pagination {
            address.push_str(&format!("{pagination}/"));
        }
        address + number
    }

    /// A place in another volume.
    fn elsewhere(&mut self, volume: &str, id: &str) -> String {
        *self.report.external.entry(volume.to_owned()).or_default() += 1;
        match id.strip_prefix("pg_") {
            Some(page) => format!("page:{volume}:{page}"),
            None => {
                let note = id.strip_prefix('d').and_then(|rest| rest.split_once("fn"));
                match note {
                    Some((document, _)) => format!("doc:{volume}/d{document}"),
                    None => format!("doc:{volume}/{id}"),
                }
            }
        }
    }
}
