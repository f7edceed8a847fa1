// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

/** How the page looks. */
final class PageStyle {
    static final String CSS =
            """
            :root { --not: #b3261e; --setting: #8a5a00; --look: #2f5d9b; --works: #2b6e3f;
                    --line: #d8dbe0; --soft: #f4f5f7; --text: #1f2328; --dim: #5b626b;
                    color-scheme: light dark; }
            @media (prefers-color-scheme: dark) {
              :root { --not: #ff8a80; --setting: #f0b65a; --look: #8ab4f8; --works: #7ccf94;
                      --line: #3a3f46; --soft: #22262b; --text: #e4e6e9; --dim: #a0a7b0; }
              body { background: #17191c; } }
            * { box-sizing: border-box; }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); max-width: 1200px;
                   margin: 0 auto; padding: 2rem 1.5rem 4rem; }
            h1 { margin: 0; font-size: 1.7rem; }
            h2 { margin: 2.5rem 0 .6rem; font-size: 1.25rem; }
            h2.not, h2.setting, h2.look, h2.works { border-left: .3rem solid; padding-left: .6rem; }
            .not { color: var(--not); } .setting { color: var(--setting); }
            .look { color: var(--look); } .works { color: var(--works); }
            .verdict { font-size: 1.2rem; font-weight: 600; margin: .3rem 0; }
            .tiles { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; padding: 0; }
            .tiles li { background: var(--soft); border-radius: .5rem; padding: .5rem .9rem; }
            .tiles b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .6rem;
                     border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            th { color: var(--dim); font-weight: 600; font-size: .85rem; }
            th.area { background: var(--soft); color: var(--text); }
            td.what { font-weight: 500; }
            .judgements { table-layout: fixed; }
            .c-what { width: 27%; } .c-times { width: 6.5rem; } .c-place { width: 22%; }
            summary { cursor: pointer; margin-top: 2.5rem; }
            summary h2 { display: inline-block; margin: 0; }
            .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .place { font: .82rem/1.5 ui-monospace, monospace; color: var(--dim); }
            pre { background: var(--soft); border-radius: .4rem; padding: .5rem .7rem;
                  margin: .4rem 0 0; font: .85rem/1.5 ui-monospace, monospace;
                  white-space: pre-wrap; overflow-wrap: anywhere; }
            .warning { border: 1px solid var(--setting); border-radius: .5rem;
                       padding: .5rem .9rem; }
            .note { color: var(--dim); font-size: .9rem; }
            """;

    private PageStyle() {}
}
