// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bridge runs between any two providers; of ours it knows the connection factory. */
class ArchitectureTest {
    private static final String ROOT = "org.taffrail.migrate";
    private static JavaClasses module;

    @BeforeAll
    static void readClasses() {
        module =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages(ROOT);
    }

    @Test
    void classesWereRead() {
        assertFalse(module.isEmpty(), "no class of this module was found, so no rule was checked");
    }

    @Test
    void everyPackageSeesOnlyWhatStandsBelowIt() {
        seesOnly("message", "a message apart from any provider");
        seesOnly(
                "provider",
                "what is ours is known where connections come from",
                "javax.naming..",
                "org.taffrail.jms");
        seesOnly(
                "bridge",
                "carrying works alike with all providers",
                ROOT + ".message..",
                ROOT + ".provider..",
                "org.slf4j..");
        seesOnly(
                "cli",
                "the command line is the top",
                ROOT + ".bridge..",
                ROOT + ".message..",
                ROOT + ".provider..",
                "picocli..");
    }

    private static void seesOnly(String name, String because, String... others) {
        String[] allowed = new String[others.length + 3];
        allowed[0] = ROOT + "." + name + "..";
        allowed[1] = "java..";
        allowed[2] = "jakarta.jms..";
        System.arraycopy(others, 0, allowed, 3, others.length);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .because(because)
                .check(module);
    }
}
