// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import org.taffrail.broker.security.Unreadable;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A configuration file: a properties file in UTF-8, of which each value is remembered with its
 * line. {@link Properties} alone would let the last of two values win and forget the lines.
 */
final class ConfigFile {
    /** Largest file. */
    static final int BYTES_MAX = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path path;
    private final List<Setting> settings = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    private ConfigFile(Path path) {
        this.path = path;
    }

    /**
     * Reads a file; one that can't be read has one mistake and nothing else.
     *
     * @param path where it is
     */
    static ConfigFile read(Path path) {
        ConfigFile file = new ConfigFile(path);
        try {
            long bytes = Files.size(path);
            if (bytes > BYTES_MAX) {
                file.refuse(
                        "has " + bytes + " bytes, a configuration has " + BYTES_MAX + " at most");
            } else {
                file.parse(decode(Files.readAllBytes(path)));
            }
        } catch (NoSuchFileException e) {
            file.mistakes.add(new Mistake(null, "there is no file " + path));
        } catch (AccessDeniedException e) {
            file.mistakes.add(new Mistake(null, Unreadable.why(e)));
        } catch (CharacterCodingException e) {
            file.refuse("it is not UTF-8");
        } catch (IOException e) {
            file.mistakes.add(new Mistake(null, "can't read " + path + ": " + e.getMessage()));
        }
        return file;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private void refuse(String what) {
        mistakes.add(new Mistake(path.toString(), what));
    }

    /** What the file sets, in its order. */
    List<Setting> settings() {
        return settings;
    }

    /** Why it, or lines of it, can't be read. */
    List<Mistake> mistakes() {
        return mistakes;
    }

    private void parse(String text) {
        String[] lines = text.split("\r\n|\r|\n", -1);
        int next = 0;
        while (next < lines.length) {
            int first = next;
            StringBuilder logical = new StringBuilder(lines[next++]);
            while (!isComment(lines[first])
                    && isContinued(lines[next - 1])
                    && next < lines.length) {
                logical.append('\n').append(lines[next++]);
            }
            take(logical.toString(), path + ":" + (first + 1));
        }
    }

    private static boolean isComment(String line) {
        String begun = line.stripLeading();
        return begun.startsWith("#") || begun.startsWith("!");
    }

    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length()
                && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void take(String line, String where) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add(new Mistake(where, "can't be read: " + e.getMessage()));
        }
        one.forEach((name, text) -> settings.add(new Setting((String) name, (String) text, where)));
    }
}
