// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

class OrderDeskArchitectureTest {
    @Test
    void knowsMessagingAndNamingOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.taffrail.samples.orderdesk", "java..", "jakarta.jms", "javax.naming")
                .because("the desk stands for an old application that nobody adapts to a provider")
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("org.taffrail.samples.orderdesk"));
    }
}
