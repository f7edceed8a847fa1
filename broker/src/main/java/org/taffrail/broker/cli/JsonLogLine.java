// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the log as an object of JSON: {@code time}, {@code level}, {@code logger}, {@code
 * thread}, then what is told. Of a pattern whose words are all of the form {@code key=value} each
 * is a field, with the argument itself as its value: what an argument holds can't make a field or a
 * line of its own. Any other text is the field {@code message}. Last comes {@code exception}, the
 * stack trace.
 */
final class JsonLogLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /**
     * A word: key and value, of which the latter may be in quotes, or the place of several such.
     */
    private static final Pattern WORD =
            Pattern.compile(
                    "\\G *(?:([A-Za-z_][A-Za-z0-9_.]*)=(?:\"([^\"]*)\"|(\\S*))|(\\{}))(?= |$)");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final Set<String> TRUTH = Set.of("true", "false");

    private static final String PLACE = "{}";

    /** Fields that each line has, which nothing that is told can be. */
    private static final Set<String> OWN =
            Set.of("time", "level", "logger", "thread", "message", "exception");

    private final Json json = Json.object();

    JsonLogLine(Instant time, Level level, String logger, String thread) {
        json.put("time", TIME.format(time));
        json.put("level", level.toString());
        json.put("logger", logger);
        json.put("thread", thread);
    }

    /**
     * Returns the line, without its end.
     *
     * @param pattern with places for the arguments, or null
     * @param arguments what stands there, or null for none
     * @param thrown what was thrown, or null
     */
    String of(String pattern, Object[] arguments, Throwable thrown) {
        List<Object> given = arguments == null ? List.of() : Arrays.asList(arguments);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (pattern != null && addWords(pattern, given.iterator(), fields)) {
            fields.forEach(this::put);
        } else {
            json.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
        }
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace, true));
            json.put("exception", trace.toString());
        }
        return json.toString();
    }

    /** Takes a pattern apart; tells whether it consists of words with keys. */
    private static boolean addWords(
            String pattern, Iterator<Object> arguments, Map<String, Object> fields) {
        Matcher word = WORD.matcher(pattern);
        int end = 0;
        while (end < pattern.length() && word.find()) {
            end = word.end();
            boolean added =
                    word.group(4) == null
                            ? add(fields, word, arguments)
                            // one argument that says several things
                            : arguments.hasNext()
                                    && addWords(
                                            String.valueOf(arguments.next()),
                                            List.of().iterator(),
                                            fields);
            if (!added) {
                return false;
            }
        }
        return end == pattern.length() && !fields.isEmpty();
    }

    private static boolean add(
            Map<String, Object> fields, Matcher word, Iterator<Object> arguments) {
        String template = word.group(2) != null ? word.group(2) : word.group(3);
        Object value = template;
        if (word.group(3) != null && NUMBER.matcher(template).matches()) {
            value = Long.valueOf(template);
        } else if (word.group(3) != null && TRUTH.contains(template)) {
            value = template.equals("true");
        } else if (template.equals(PLACE)) {
            if (!arguments.hasNext()) {
                return false;
            }
            value = unquoted(arguments.next());
        } else if (template.contains(PLACE)) {
            StringBuilder text = new StringBuilder();
            int at = 0;
            for (int place = template.indexOf(PLACE); place >= 0; ) {
                if (!arguments.hasNext()) {
                    return false;
                }
                text.append(template, at, place).append(arguments.next());
                at = place + PLACE.length();
                place = template.indexOf(PLACE, at);
            }
            value = text.append(template.substring(at)).toString();
        }
        String key = word.group(1);
        return fields.putIfAbsent(OWN.contains(key) ? key + '_' : key, orNone(value)) == null;
    }

    private static Object orNone(Object value) {
        return value == null ? "none" : value;
    }

    /** Takes off the quotes with which a text is set apart in a line for people. */
    private static Object unquoted(Object value) {
        return value instanceof String text
                        && text.length() >= 2
                        && text.startsWith("\"")
                        && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : value;
    }

    private void put(String key, Object value) {
        if (value instanceof Boolean flag) {
            json.put(key, flag.booleanValue());
        } else if (value instanceof Long || value instanceof Integer) {
            json.put(key, ((Number) value).longValue());
        } else {
            json.put(key, value.toString());
        }
    }
}
