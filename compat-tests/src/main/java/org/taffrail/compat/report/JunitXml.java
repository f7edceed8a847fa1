// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.taffrail.compat.run.Subject;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as JUnit XML: one {@code testsuite} for each chapter, one {@code testcase} for each check.
 *
 * <p>A check that failed is a {@code failure}; one that is unsupported or was not run is {@code
 * skipped}. What JUnit has no word for stands in {@code properties}, so that {@link JunitXmlReader}
 * gets back what was written.
 */
public final class JunitXml {
    static final String NAME = "provider.name";
    static final String PROVIDER = "provider.product";
    static final String VERSION = "provider.version";
    static final String API = "provider.api";
    static final String JAVA = "java.version";
    static final String TOOK_MS = "run.tookMs";
    static final String LEFT_THREAD = "run.leftThread";
    static final String ID = "check.id";
    static final String SECTION = "check.section";
    static final String SAYS = "check.says";
    static final String STRENGTH = "check.strength";
    static final String OUTCOME = "check.outcome";

    private final XMLStreamWriter xml;
    private int depth;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes a run to a file.
     *
     * @param run the run
     * @param file the file; replaced if it is there
     * @throws IOException if it can't be written
     */
    public static void write(RunRecord run, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            new JunitXml(xml).write(run);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write " + file, e);
        }
    }

    private void write(RunRecord run) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start("testsuites");
        attribute("name", "Jakarta Messaging compatibility: " + run.name());
        counts(run.results());
        attribute("time", seconds(run.tookMs()));
        attribute("timestamp", run.started().toString());
        Map<String, List<Result>> chapters =
                run.results().stream()
                        .collect(
                                Collectors.groupingBy(
                                        result -> result.subject().chapter(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        for (Map.Entry<String, List<Result>> chapter : chapters.entrySet()) {
            suite(run, chapter.getKey(), chapter.getValue());
        }
        end();
        xml.writeEndDocument();
    }

    private void suite(RunRecord run, String chapter, List<Result> results)
            throws XMLStreamException {
        start("testsuite");
        attribute("name", chapter);
        counts(results);
        attribute("time", seconds(results.stream().mapToLong(Result::tookMs).sum()));
        attribute("timestamp", run.started().toString());
        start("properties");
        property(NAME, run.name());
        property(PROVIDER, run.facts().provider());
        property(VERSION, run.facts().version());
        property(API, run.facts().api());
        property(JAVA, run.facts().java());
        property(TOOK_MS, Long.toString(run.tookMs()));
        for (String thread : run.leftThreads()) {
            property(LEFT_THREAD, thread);
        }
        end();
        for (Result result : results) {
            testcase(run.name(), result);
        }
        end();
    }

    private void testcase(String provider, Result result) throws XMLStreamException {
        Subject subject = result.subject();
        int dot = subject.id().indexOf('.');
        start("testcase");
        attribute("classname", provider + "." + subject.id().substring(0, Math.max(0, dot)));
        attribute("name", subject.id().substring(dot + 1));
        attribute("time", seconds(result.tookMs()));
        start("properties");
        property(ID, subject.id());
        property(SECTION, subject.section());
        property(STRENGTH, subject.strength().name());
        property(SAYS, subject.says());
        property(OUTCOME, result.outcome().name());
        end();
        switch (result.outcome()) {
            case PASSED -> {}
            case FAILED -> failure("failure", result);
            case UNSUPPORTED, NOT_RUN -> failure("skipped", result);
        }
        end();
    }

    private void failure(String element, Result result) throws XMLStreamException {
        start(element);
        attribute("message", result.reason());
        if (element.equals("failure")) {
            attribute("type", result.subject().strength().toString());
        }
        xml.writeCharacters(Markup.legal(result.details()));
        depth--;
        xml.writeEndElement();
    }

    private void counts(List<Result> results) throws XMLStreamException {
        attribute("tests", Integer.toString(results.size()));
        attribute("failures", count(results, Outcome.FAILED));
        attribute("errors", "0");
        attribute("skipped", count(results, Outcome.UNSUPPORTED, Outcome.NOT_RUN));
    }

    private static String count(List<Result> results, Outcome... outcomes) {
        return Long.toString(
                results.stream()
                        .filter(result -> List.of(outcomes).contains(result.outcome()))
                        .count());
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.3f", ms / 1000.0);
    }

    private void property(String name, String value) throws XMLStreamException {
        newLine();
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Markup.legal(value));
    }

    private void start(String element) throws XMLStreamException {
        newLine();
        xml.writeStartElement(element);
        depth++;
    }

    private void end() throws XMLStreamException {
        depth--;
        newLine();
        xml.writeEndElement();
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
