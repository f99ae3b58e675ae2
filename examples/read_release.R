# Read a release of rasid in R, with what comes with R alone: Rscript examples/read_release.R FOLDER
# FOLDER is what `rasid release` wrote, for example releases/rasid-2023-12-31. Prints cooperation and conflict by year.

folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder) || !dir.exists(file.path(folder, "data"))) stop("usage: Rscript read_release.R FOLDER-OF-A-RELEASE")

# Days are ISO 8601, codes and names have " + " between several, and Arabic is UTF-8 whatever the locale.
read_table <- function(name) {
  path <- file.path(folder, "data", paste0(name, ".csv"))
  read.csv(path, fileEncoding = "UTF-8-BOM", encoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE)
}

events <- read_table("events")
happened <- events[events$status %in% c("occurred", "historical") & !is.na(events$when_start), ]
happened$year <- as.integer(substr(happened$when_start, 1, 4))

# PLOVER's quad classes: 1 material conflict, 2 material cooperation, 3 verbal conflict, 4 verbal cooperation.
happened$kind <- ifelse(happened$quad %in% c(2, 4), "cooperation", ifelse(happened$quad %in% c(1, 3), "conflict", NA))
counts <- table(happened$year, happened$kind)

cat(nrow(events), "events,", nrow(happened), "that happened on a known day\n")
print(counts)

# How much was read, by year: a year without articles is a gap, not a calm.
articles <- read_table("articles")
cat("articles read by year:\n")
print(table(substr(articles$date_start, 1, 4)))
