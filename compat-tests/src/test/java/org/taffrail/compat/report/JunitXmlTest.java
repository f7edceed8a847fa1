// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

class JunitXmlTest {
    private static final RunRecord RUN =
            Runs.run(
                    "One",
                    Runs.result("A.passes", Strength.MUST, Outcome.PASSED, ""),
                    Runs.result("A.fails", Strength.SHOULD, Outcome.FAILED, "it was 2"),
                    Runs.result("B.lacks", Strength.MUST, Outcome.UNSUPPORTED, "no such thing"),
                    Runs.result("B.waits", Strength.MUST, Outcome.NOT_RUN, "gone"));

    @TempDir Path folder;

    @Test
    void readsBackWhatItWrote() throws IOException {
        JunitXml.write(RUN, folder.resolve("one.xml"));

        assertEquals(List.of(RUN), JunitXmlReader.readAll(folder));
    }

    @Test
    void saysWhatCiToolsExpect() throws IOException, ParserConfigurationException, SAXException {
        Path file = folder.resolve("one.xml");

        JunitXml.write(RUN, file);

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertEquals("Chapter A", suite.getAttribute("name"));
        assertEquals("2", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals("0", suite.getAttribute("skipped"));
        assertEquals("3.000", suite.getAttribute("time"));
        Element failed = (Element) document.getElementsByTagName("testcase").item(1);
        assertEquals("One.A", failed.getAttribute("classname"));
        assertEquals("fails", failed.getAttribute("name"));
        assertEquals("1.500", failed.getAttribute("time"));
        Element failure = (Element) failed.getElementsByTagName("failure").item(0);
        assertEquals("it was 2", failure.getAttribute("message"));
        assertTrue(failure.getTextContent().contains("at line 2"), failure::getTextContent);
        assertEquals(2, document.getElementsByTagName("skipped").getLength());
    }

    @Test
    void writesNothingThatXmlDoesNotAllow() throws IOException {
        JunitXml.write(Runs.hostile(), folder.resolve("bad.xml"));

        Result read = JunitXmlReader.readAll(folder).get(0).results().get(0);

        assertTrue(read.reason().startsWith("</script><script>alert('x')"), read.reason());
        assertFalse(read.details().contains("\u0000"), "a null character");
        assertFalse(read.details().contains("\uD800"), "half of a surrogate pair");
    }

    @Test
    void passesOverJunitFilesOfOthers() throws IOException {
        Files.writeString(
                folder.resolve("other.xml"),
                "<testsuite name='x' tests='1'><testcase name='y'/></testsuite>");

        assertEquals(List.of(), JunitXmlReader.readAll(folder));
    }

    @Test
    void namesTheFileThatIsBroken() throws IOException {
        Files.writeString(folder.resolve("broken.xml"), "<testsuites");

        IOException refused = assertThrows(IOException.class, () -> JunitXmlReader.readAll(folder));

        assertTrue(refused.getMessage().contains("broken.xml"), refused.getMessage());
    }

    @Test
    void readsNoEntities() throws IOException {
        Files.writeString(
                folder.resolve("entity.xml"),
                "<!DOCTYPE t [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><testsuites>&e;</testsuites>");

        assertThrows(IOException.class, () -> JunitXmlReader.readAll(folder));
    }
}
