// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Facts;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.taffrail.compat.run.Subject;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** Reads what {@link JunitXml} has written. */
public final class JunitXmlReader {
    private JunitXmlReader() {}

    /**
     * Reads all runs in a folder.
     *
     * @param folder the folder
     * @return the runs, sorted by the providers' names; JUnit files of others are passed over
     * @throws IOException if a file can't be read, or says what the kit never writes
     */
    public static List<RunRecord> readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
        List<RunRecord> runs = new ArrayList<>();
        for (Path file : files) {
            read(file).ifPresent(runs::add);
        }
        runs.sort(Comparator.comparing(RunRecord::name));
        return runs;
    }

    /**
     * Reads a run.
     *
     * @param file the file
     * @return the run; empty if the file is not one of the kit's
     * @throws IOException if it can't be read, or says what the kit never writes
     */
    public static Optional<RunRecord> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // what is wrong is thrown, not printed
            Element root = builder.parse(in).getDocumentElement();
            return run(root);
        } catch (SAXException
                | ParserConfigurationException
                | DateTimeException
                | IllegalArgumentException e) {
            throw new IOException(file + " is no report of the kit: " + e.getMessage(), e);
        }
    }

    private static Optional<RunRecord> run(Element root) {
        List<Element> suites = children(root, "testsuite");
        if (suites.isEmpty() || !properties(suites.get(0)).containsKey(JunitXml.NAME)) {
            return Optional.empty();
        }
        Map<String, List<String>> said = properties(suites.get(0));
        List<Result> results = new ArrayList<>();
        for (Element suite : suites) {
            for (Element testcase : children(suite, "testcase")) {
                results.add(result(suite.getAttribute("name"), testcase));
            }
        }
        Facts facts =
                new Facts(
                        first(said, JunitXml.PROVIDER),
                        first(said, JunitXml.VERSION),
                        first(said, JunitXml.API),
                        first(said, JunitXml.JAVA));
        return Optional.of(
                new RunRecord(
                        first(said, JunitXml.NAME),
                        facts,
                        Instant.parse(root.getAttribute("timestamp")),
                        Long.parseLong(first(said, JunitXml.TOOK_MS)),
                        results,
                        said.getOrDefault(JunitXml.LEFT_THREAD, List.of())));
    }

    private static Result result(String chapter, Element testcase) {
        Map<String, List<String>> said = properties(testcase);
        Subject subject =
                new Subject(
                        first(said, JunitXml.ID),
                        chapter,
                        first(said, JunitXml.SECTION),
                        first(said, JunitXml.SAYS),
                        Strength.valueOf(first(said, JunitXml.STRENGTH)));
        String reason = "";
        String details = "";
        for (String element : List.of("failure", "skipped")) {
            for (Element found : children(testcase, element)) {
                reason = found.getAttribute("message");
                details = found.getTextContent();
            }
        }
        long tookMs = new BigDecimal(testcase.getAttribute("time")).movePointRight(3).longValue();
        return new Result(
                subject, Outcome.valueOf(first(said, JunitXml.OUTCOME)), reason, details, tookMs);
    }

    private static String first(Map<String, List<String>> said, String name) {
        List<String> values = said.get(name);
        if (values == null) {
            throw new IllegalArgumentException("there is no property " + name);
        }
        return values.get(0);
    }

    private static Map<String, List<String>> properties(Element parent) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Element properties : children(parent, "properties")) {
            for (Element property : children(properties, "property")) {
                values.computeIfAbsent(property.getAttribute("name"), name -> new ArrayList<>())
                        .add(property.getAttribute("value"));
            }
        }
        return values;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
